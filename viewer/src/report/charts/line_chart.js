// SPDX-License-Identifier: Apache-2.0
// Lines over logarithmic axes: a thin layer over uPlot that knows themes, names at the lines' ends, and a reading cursor.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import {colour, onTheme} from '../../shared/theme.js';
import {finite} from '../data.js';
import {h} from '../dom.js';
import {tickText} from '../format.js';
import {drawWhenSeen} from '../redraw.js';
import {roomy, ticks} from './axis.js';
import {cursorPlugin} from './line_cursor.js';
import {endLabels, labelRoom} from './line_labels.js';

const deepest = 1e-10;  // what lies further below the top of a chart is left out

/** What a logarithmic axis can show. */
const positive = (value) => (finite(value) && value > 0 ? value : null);

function limits(values) {
  const kept = values.filter((value) => value !== null);
  if (!kept.length) return null;
  const high = kept.reduce((a, b) => Math.max(a, b));
  const low = kept.reduce((a, b) => Math.min(a, b));
  return [Math.max(low, high * deepest), high];
}

function axis(label, wanted, extra) {
  return {
    label, labelGap: 2, labelSize: 16, labelFont: '11px system-ui, sans-serif', font: '11px system-ui, sans-serif', gap: 4,
    stroke: () => colour('quiet'), grid: {stroke: () => colour('grid'), width: 1}, ticks: {show: false},
    splits: (u, i, from, to) => ticks(from, to, true, wanted), filter: (u, splits) => splits,
    values: (u, splits) => splits.map(tickText), ...extra,
  };
}

function line({look, width = 1.6, points = false, hidden = false, shown = true}) {
  return {stroke: look.paint, width: hidden ? 0 : width, dash: look.dash.length ? look.dash : undefined, show: shown,
    points: {show: points, size: 4, fill: look.paint}};
}

function options(spec, width, [xRange, yRange]) {
  const labels = spec.named ? spec.series.filter(({hidden}) => !hidden).map(({name}) => name) : [];
  return {
    width, height: spec.height, legend: {show: false}, focus: {alpha: 0.14}, padding: [10, labelRoom(labels, width), 0, 0],
    cursor: {drag: {x: false, y: false, setScale: false}, points: {size: 6},
      ...(spec.sync && {sync: {key: spec.sync, setSeries: false}})},
    scales: {x: {time: false, distr: 3, range: () => xRange}, y: {distr: 3, range: () => yRange}},
    axes: [axis(spec.xLabel, Math.max(4, width / 90), {size: 26}), axis(undefined, spec.height / 34, {size: 46})],
    series: [{}, ...spec.series.map(line)], bands: spec.bands ?? [],
    plugins: [cursorPlugin(spec), ...(spec.named ? [endLabels(spec)] : []),
      ...(spec.under ?? []).map((draw) => ({hooks: {drawAxes: draw}}))],
  };
}

function clean(spec) {
  const series = spec.series.map((one) => ({...one, x: one.x.map(positive), y: one.y.map(positive)}))
    .map((one) => ({...one, y: one.y.filter((_, i) => one.x[i] !== null), x: one.x.filter((value) => value !== null)}));
  return {named: true, ...spec, series};
}

/**
 * A chart with both axes logarithmic, drawn once it is near the view.
 * @param {{title: string, unit: string, xLabel: string, xUnit: string, height: number, sync?: string,
 *   bands?: object[], named?: boolean, include?: number[], series: {name: string, x: number[], y: (number|null)[],
 *   look: object, width?: number, shown?: boolean, hidden?: boolean}[],
 *   under?: ((u: uPlot) => void)[]}} wanted `hidden` lines only bound a band; `named` writes the names at the
 *   lines' ends; `include` are values the vertical axis must hold
 * @returns {{node: HTMLElement, show: (i: number, on: boolean) => void, focus: (i: number|null) => void}}
 */
export function lineChart(wanted) {
  const spec = clean(wanted);
  const values = (key) => spec.series.flatMap((one) => one[key]);
  const ranges = [limits(values('x')), limits([...values('y'), ...spec.include ?? []])];
  const host = h('div', {class: 'plot', style: {height: `${spec.height}px`}, role: 'img',
    'aria-label': `${spec.title}, ${spec.unit}`});
  const node = h('figure', {class: 'chart'},
    h('figcaption', {}, h('b', {}, spec.title), h('span', {class: 'quiet'}, ` ${spec.unit}`)), host);
  if (ranges.includes(null)) {
    host.replaceWith(h('p', {class: 'nothing'}, 'No values to draw.'));
    return {node, show() {}, focus() {}};
  }
  const rooms = [ranges[0], roomy(...ranges[1], true)];
  return {node, ...drawn(spec, host, rooms)};
}

function drawn(spec, host, rooms) {
  let plot = null;
  drawWhenSeen(host, (width) => {
    plot?.destroy();  // made anew: the room for names depends on the width
    plot = new uPlot(options(spec, width, rooms), uPlot.join(spec.series.map(({x, y}) => [x, y])), host);
  });
  onTheme(() => plot?.redraw(false));
  return {
    show(i, on) {
      spec.series[i].shown = on;
      plot?.setSeries(i + 1, {show: on});
    },
    focus: (i) => plot?.setSeries(i === null ? null : i + 1, {focus: true}),
  };
}
