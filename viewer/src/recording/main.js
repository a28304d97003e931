// SPDX-License-Identifier: Apache-2.0
// The page that holds one recording.
import './styles.js';
import {startTheme} from '../shared/theme.js';
import {embeddedSource} from './data/embedded_source.js';
import {readRecording} from './data/recording.js';
import {createPage} from './page/page.js';
import {showError} from './page/error.js';
import {installHook} from './page/hook.js';

startTheme();
const hook = installHook();
try {
  const source = embeddedSource(document.getElementById('wristsim-data'));
  hook.use(createPage(document.getElementById('app')).show(readRecording(source, 0)));
} catch (error) {
  showError(error);
}
