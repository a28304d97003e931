// SPDX-License-Identifier: Apache-2.0
// Every style of these pages, in the order of their weight.
import 'uplot/dist/uPlot.min.css';
import '../shared/theme.css';
import './page/layout.css';
import './page/header.css';
import './page/stage.css';
import './page/transport.css';
import './page/picker.css';
