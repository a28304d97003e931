// SPDX-License-Identifier: Apache-2.0
// The dataset report: one page from one JSON. Everything is drawn here; nothing is fetched.
import '../shared/theme.css';
import './style/layout.css';
import './style/tables.css';
import './style/charts.css';
import './style/print.css';
import {setTheme, startTheme, theme} from '../shared/theme.js';
import {compare} from './comparison.js';
import {classOrder, command, readReport} from './data.js';
import {h} from './dom.js';
import {navigation} from './parts/navigation.js';
import {startTips} from './parts/tip.js';
import {drawEverything} from './redraw.js';
import {against} from './sections/against.js';
import {allan} from './sections/allan.js';
import {card} from './sections/card.js';
import {balance, classes} from './sections/classes.js';
import {durations} from './sections/durations.js';
import {features} from './sections/features.js';
import {files} from './sections/files.js';
import {gallery} from './sections/gallery.js';
import {head} from './sections/head.js';
import {spectra} from './sections/spectra.js';
import {splits} from './sections/splits.js';
import {wear} from './sections/wear.js';

const root = document.documentElement;
const page = document.getElementById('report');

// Paper is light and holds everything, whatever the screen shows.
function startPrinting() {
  let before = null;
  addEventListener('beforeprint', () => {
    before = theme();
    setTheme('light');
    for (const details of document.querySelectorAll('details.pair')) details.open = true;
    drawEverything();
  });
  addEventListener('afterprint', () => setTheme(before));
}

function show(data) {
  const comparison = data.against ? compare(data) : null;
  const order = classOrder(data);
  const sections = [against(data, comparison), card(data), classes(data), balance(data), durations(data), gallery(data),
    spectra(data, order), features(data, order), allan(data), wear(data, order), splits(data), files(data)].filter(Boolean);
  page.append(head(data, comparison), ...sections);
  document.title = `${data.title}: wristsim report`;
  navigation(sections);
}

function complain(error) {
  root.dataset.error = error.message;
  page.replaceChildren(h('div', {class: 'panel complaint', role: 'alert'},
    h('h1', {}, 'Nothing to show'), h('p', {}, error.message), h('p', {}, h('code', {}, command))));
}

function markReady() {
  window.wristsim.ready = true;
  root.dataset.ready = 'true';
}

startTheme();
window.wristsim = {ready: false, kind: 'report', data: null};
try {
  window.wristsim.data = readReport();
  show(window.wristsim.data);
  startTips();
  startPrinting();
  requestAnimationFrame(() => requestAnimationFrame(markReady));  // the charts in view are drawn by then
} catch (error) {
  complain(error);
}
