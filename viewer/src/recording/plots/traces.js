// SPDX-License-Identifier: Apache-2.0
// The column of traces: lanes, panels and axis share one stretch of time.
import {connectDrag} from './drag.js';
import {createLanes} from './lanes.js';
import {channelText, panelsOf, partsPanel} from './panels.js';
import {createSignalPlot} from './signal_plot.js';
import {createTimeAxis} from './time_axis.js';

function pathChooser(channels, chosen) {
  if (channels.length < 2) return [];
  const select = document.createElement('select');
  select.setAttribute('aria-label', 'Light path');
  channels.forEach((name, i) => select.add(new Option(channelText(name), String(i))));
  select.addEventListener('change', () => chosen(Number(select.value)));
  return [select];
}

// The optional panel of the light's additive parts, under the light itself.
function createParts(place, recording, changed) {
  let plot = null;
  const close = () => {
    plot?.close();
    plot = null;
  };
  const open = (path, controls) => {
    close();
    plot = createSignalPlot(place, partsPanel(recording, path, controls));
    place.querySelector('[data-panel="light"]').after(plot.element);
    changed();
  };
  return {
    plots: () => (plot ? [plot] : []),
    close,
    open() {
      const controls = pathChooser(recording.optical.channels, (path) => open(path, controls));
      open(0, controls);
    },
  };
}

// A fresh column for each recording, so that no listener outlives it.
function freshColumn(shell) {
  const old = shell.part('plots').parentElement;
  const column = old.cloneNode(true);
  old.replaceWith(column);
  shell.part('plots').replaceChildren();
  return column;
}

function placeLanes(shell, column, recording) {
  const lanes = createLanes(shell.part('lanes'), recording);
  const panel = column.querySelector('.lanes');
  panel.style.setProperty('--rows', lanes.rows);
  panel.hidden = lanes.rows === 0;
  return lanes;
}

/**
 * @return {show(time), paint(), setTruth(on), setParts(on), hasTruth, hasParts, close()}
 */
export function createTraces(shell, recording, clock, view, changed) {
  const column = freshColumn(shell);
  const place = shell.part('plots');
  const lanes = placeLanes(shell, column, recording);
  const axis = createTimeAxis(shell.part('axis'), recording.duration);
  const panels = panelsOf(recording);
  const fixed = panels.map((panel) => createSignalPlot(place, panel));
  if (!fixed.length) place.innerHTML = '<p class="missing">This file holds no sensor signals.</p>';
  const all = () => [...fixed, ...parts.plots()];
  const fit = () => {
    for (const plot of all()) plot.resize();
    changed();
  };
  const parts = createParts(place, recording, fit);
  const observer = new ResizeObserver(fit);
  observer.observe(place);
  connectDrag(column, clock, view);

  return {
    hasTruth: panels.some(({traces}) => traces.some(({truth}) => truth)),
    hasParts: Boolean(recording.optical?.amperePerCount && recording.truthOptical),
    show(time) {
      for (const part of [...all(), lanes, axis]) part.show(time, view.span());
    },
    paint() {
      for (const plot of all()) plot.paint();
    },
    setTruth(on) {
      for (const plot of fixed) plot.showTraces((trace) => on || !trace.truth);
    },
    setParts(on) {
      if (on) parts.open();
      else parts.close();
      fit();
    },
    close() {
      observer.disconnect();
      for (const plot of all()) plot.close();
    },
  };
}
