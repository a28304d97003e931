// SPDX-License-Identifier: Apache-2.0
// Names at the right ends of lines, pushed apart so that none covers another.
import {colour} from '../../shared/theme.js';

const font = '11px system-ui, sans-serif';
const step = 13;      // CSS px between names
const widest = 112;   // CSS px
const narrow = 380;   // CSS px: a chart this narrow leaves the names to the legend

const measure = document.createElement('canvas').getContext('2d');

function textWidth(text) {
  measure.font = font;
  return measure.measureText(text).width;
}

function shortened(text) {
  if (textWidth(text) <= widest) return text;
  let kept = text;
  while (kept && textWidth(`${kept}…`) > widest) kept = kept.slice(0, -1);
  return `${kept}…`;
}

/** The room to leave on the right, CSS px. */
export function labelRoom(names, width) {
  if (width < narrow) return 12;
  return 14 + Math.min(widest, Math.max(0, ...names.map(textWidth)));
}

function ends(u, series) {
  return series.flatMap(({name, look, x, y, shown = true, hidden}) => {
    const last = y.findLastIndex((value) => value !== null);
    if (!shown || hidden || last < 0) return [];
    return [{name: shortened(name), look, x: u.valToPos(x[last], 'x'), y: u.valToPos(y[last], 'y')}];
  });
}

// From the top down each name keeps its distance; what falls off the bottom moves the rest up again.
function spread(labels, height) {
  labels.sort((a, b) => a.y - b.y);
  labels.forEach((label, i) => { label.at = Math.max(label.y, i ? labels[i - 1].at + step : 0); });
  for (let i = labels.length - 1, floor = height; i >= 0; i--, floor -= step) labels[i].at = Math.min(labels[i].at, floor);
  return labels.filter(({at}) => at >= 0);
}

function write(u, label) {
  const {ctx} = u;
  const right = u.bbox.width / devicePixelRatio;
  ctx.strokeStyle = colour('line');
  ctx.beginPath();
  ctx.moveTo(label.x + 1, label.y);
  ctx.lineTo(right + 8, label.at);
  ctx.stroke();
  ctx.fillStyle = label.look.paint();
  ctx.fillText(label.name, right + 10, label.at);
}

/** uPlot plugin. @param {{series: object[]}} spec of lineChart() */
export function endLabels(spec) {
  const draw = (u) => {
    if (u.width < narrow) return;
    const {ctx, bbox} = u;
    ctx.save();
    ctx.scale(devicePixelRatio, devicePixelRatio);
    ctx.translate(bbox.left / devicePixelRatio, bbox.top / devicePixelRatio);
    Object.assign(ctx, {font, textBaseline: 'middle', textAlign: 'left', lineWidth: 1});
    ctx.setLineDash([]);
    for (const label of spread(ends(u, spec.series), bbox.height / devicePixelRatio)) write(u, label);
    ctx.restore();
  };
  return {hooks: {draw}};
}
