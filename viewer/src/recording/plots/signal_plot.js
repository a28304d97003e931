// SPDX-License-Identifier: Apache-2.0
// One panel of traces over time: a head with present values, and a uPlot under it whose time scale is moved
// each frame; its data never change.
import uPlot from 'uplot';
import {nearest} from '../data/sampling.js';
import {drawMarks} from './marks.js';
import {ink, type} from './palette.js';
import {gutter, margin} from './window.js';

const headHeight = 22;  // px

function headItem(trace) {
  const item = document.createElement('span');
  item.className = trace.truth ? 'key truth' : 'key';
  const swatch = document.createElement('i');
  const name = document.createElement('span');
  name.textContent = trace.label;
  const value = document.createElement('b');
  value.className = 'number';
  item.append(swatch, name, value);
  let shown = '';
  return {
    item,
    paint: () => swatch.style.setProperty('--key', trace.ink()),
    show(text) {
      if (text === shown) return;
      shown = text;
      value.textContent = text;
    },
  };
}

function createHead(panel) {
  const head = document.createElement('div');
  head.className = 'head';
  const title = document.createElement('span');
  title.className = 'name';
  title.textContent = panel.title;
  const unit = document.createElement('span');
  unit.className = 'quiet unit';
  unit.textContent = panel.unit;
  const items = panel.traces.map(headItem);
  head.append(title, unit, ...(panel.controls ?? []), ...items.map(({item}) => item));
  if (panel.marks.length) {
    const note = document.createElement('span');
    note.className = 'quiet note';
    note.textContent = panel.marks.map(({name, times}) => `${times.length} ${name.replaceAll('_', ' ')}`).join(', ');
    head.append(note);
  }
  return {head, items};
}

function axes() {
  const grid = {stroke: () => ink('grid'), width: 1};
  return [
    {size: 1, gap: 0, values: (u, splits) => splits.map(() => ''), ticks: {show: false}, grid},
    {scale: 'y', size: gutter, gap: 4, space: 20, stroke: () => ink('quiet'), font: type(11), ticks: {show: false},
      grid},
  ];
}

function series(traces) {
  return [{}, ...traces.map((trace) => ({
    scale: trace.scale ?? 'y', stroke: trace.ink, width: trace.truth ? 1 : 1.4, dash: trace.truth ? [4, 3] : undefined,
    points: {show: false}, show: !trace.hidden,
  }))];
}

function scales(panel) {
  const made = {x: {time: false}};
  for (const [name, range] of Object.entries(panel.ranges))
    made[name] = {range: Array.isArray(range) ? () => range : (u, low, high) => range(low, high)};
  return made;
}

// A second scale needs no room of its own: its ends are written inside the right edge.
function drawInnerScale(u, panel) {
  if (!panel.inner || !u.scales[panel.inner.scale]) return;
  const {min, max} = u.scales[panel.inner.scale];
  const {ctx, bbox} = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = type(10.5 * ratio);
  Object.assign(ctx, {fillStyle: panel.inner.ink(), strokeStyle: ink('panel'), lineWidth: 4 * ratio});
  Object.assign(ctx, {lineJoin: 'round', textAlign: 'right'});
  const write = (text, baseline, y) => {
    ctx.textBaseline = baseline;
    ctx.strokeText(text, bbox.left + bbox.width - 3 * ratio, y);
    ctx.fillText(text, bbox.left + bbox.width - 3 * ratio, y);
  };
  write(`${max.toPrecision(2)} ${panel.inner.unit}`, 'top', bbox.top + 2 * ratio);
  write(min.toPrecision(2), 'bottom', bbox.top + bbox.height - ratio);
  ctx.restore();
}

/**
 * @param container to append to
 * @param panel {id, title, unit, t [s], traces: [{label, values, ink(), decimals, truth, hidden, scale}],
 *   ranges: {y: [low, high] or (low, high) => [low, high]}, marks, weight, inner}
 * @return {element, show(time, span), showTraces(wanted(trace)), resize(), paint() in the theme's colours, close()}
 */
export function createSignalPlot(container, panel) {
  const element = document.createElement('div');
  element.className = 'panel plot';
  element.dataset.panel = panel.id;
  element.style.flexGrow = panel.weight ?? 1;
  const {head, items} = createHead(panel);
  const place = document.createElement('div');
  place.className = 'trace';
  element.append(head, place);
  container.append(element);

  const size = () => ({
    width: Math.max(element.clientWidth, 60), height: Math.max(element.clientHeight - headHeight, 30),
  });
  const u = new uPlot({
    ...size(), legend: {show: false}, cursor: {show: false}, padding: [7, margin, 4, 0],
    scales: scales(panel), axes: axes(), series: series(panel.traces),
    hooks: {draw: [() => drawMarks(u, panel.marks), () => drawInnerScale(u, panel)]},
  }, [panel.t, ...panel.traces.map(({values}) => values)], place);

  const paint = () => {
    items.forEach(({paint: own}) => own());
    u.redraw(false);
  };
  items.forEach(({paint: own}) => own());

  return {
    element, paint,
    show(time, span) {
      u.setScale('x', {min: time - span / 2, max: time + span / 2});
      const i = nearest(panel.t, time);
      panel.traces.forEach((trace, k) => items[k].show(i < 0 ? '' : trace.values[i].toFixed(trace.decimals ?? 2)));
    },
    showTraces(wanted) {
      panel.traces.forEach((trace, k) => {
        const on = wanted(trace);
        items[k].item.hidden = !on;
        if (u.series[k + 1].show !== on) u.setSeries(k + 1, {show: on});
      });
    },
    resize: () => u.setSize(size()),
    close() {
      u.destroy();
      element.remove();
    },
  };
}
