// SPDX-License-Identifier: Apache-2.0
// The page that opens any shard: by the picker or by dropping it.
import './styles.js';
import {startTheme} from '../shared/theme.js';
import {listRecordings, readRecording} from './data/recording.js';
import {checkShard, NotShowable} from './data/check.js';
import {createChooser} from './page/chooser.js';
import {showError} from './page/error.js';
import {installHook, markReady} from './page/hook.js';
import {createPage} from './page/page.js';
import {connectFiles, createPicker} from './page/picker.js';
import {loadHdf5} from './page/unpack.js';

startTheme();
const page = createPage(document.getElementById('app'));
const picker = createPicker(document.body);
let source = null;

const hook = installHook({pickSequence: async (row) => pick(row)});
const chooser = createChooser(page.shell.part('chooser'),
    {pick: (row) => attempt(() => pick(row)), open: picker.browse});
connectFiles(picker, (file) => attempt(() => open(file)));
markReady();

async function attempt(action) {
  try {
    await action();
  } catch (error) {
    // A fault of h5wasm's may be no Error.
    showError(error instanceof Error ? error : new Error(String(error)));
  }
}

function pick(row) {
  const count = source?.shape('sequences/imu_start')[0] ?? 0;
  if (!(row >= 0 && row < count)) throw new NotShowable(`There is no recording ${row}; the file holds ${count}.`);
  const recording = readRecording(source, row);
  picker.hide();
  hook.use(page.show(recording));
  chooser.select(row);
}

async function open(file) {
  const openShard = await loadHdf5();
  source?.close();
  source = null;
  source = await openShard(file.name, new Uint8Array(await file.arrayBuffer()));
  checkShard(source);
  chooser.list(listRecordings(source));
  pick(0);
}
