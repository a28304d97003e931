// SPDX-License-Identifier: Apache-2.0
// Labels and events as lanes that move with the traces.
import {labelRuns, readable} from '../data/events.js';
import {prepare} from './canvas.js';
import {dataInk, ink, type} from './palette.js';
import {gutter, margin, xOf} from './window.js';

const inset = 4;  // px above and below

const sources = [['motion', 'motion'], ['contact', 'touch'], ['strap', 'slip'], ['heart', 'beat']];

// "drink:lift": a part of a movement, not an instance of it.
const isPhase = (event) => event.source === 'motion' && event.name.includes(':');

function phasesOf(events) {
  return events.filter(isPhase).map((event, i) =>
    ({...event, name: event.name.split(':')[1], colour: () => dataInk(i % 2 ? 5 : 0)}));
}

/** Lanes that hold something: [{label, kind, items: [{name, start, end, colour()}]}]. */
export function lanesOf(recording) {
  const {events, imu, classNames} = recording;
  const classInk = (name) => () => dataInk(Math.max(0, classNames.indexOf(name)));
  const inks = {contact: () => ink('warn'), strap: () => ink('c5'), heart: () => ink('c4')};
  const runs = labelRuns(imu, classNames).map((run) => ({...run, colour: () => dataInk(run.id)}));
  const lanes = [{label: 'label', kind: 'band', items: runs}];
  for (const [source, label] of sources) {
    const items = events.filter((event) => event.source === source && !isPhase(event))
        .map((event) => ({...event, colour: inks[source] ?? classInk(event.name)}));
    lanes.push({label, kind: source === 'heart' ? 'beats' : 'bars', items});
  }
  lanes.splice(2, 0, {label: 'phase', kind: 'band', items: phasesOf(events)});
  return lanes.filter(({items}) => items.length);
}

function text(context, string, left, right, y, colour) {
  const from = Math.max(left, gutter) + 5, room = Math.min(right, context.canvas.clientWidth - margin) - from - 4;
  if (room < 18) return;
  context.font = type(10.5, 500);
  if (context.measureText(string).width > room) return;
  context.fillStyle = colour;
  context.textAlign = 'left';
  context.fillText(string, from, y);
}

function drawBar(context, item, kind, left, right, top, height) {
  context.fillStyle = item.colour();
  context.globalAlpha = kind === 'band' ? 0.2 : 0.85;
  context.beginPath();
  context.roundRect(left, top, Math.max(right - left, 2), height, Math.min(3, height / 3));
  context.fill();
  context.globalAlpha = 1;
}

function drawBeat(context, item, x, top, height) {
  context.fillStyle = item.colour();
  context.beginPath();
  context.arc(x, top + height / 2, 2.6, 0, 2 * Math.PI);
  context.fill();
}

function drawLane(context, lane, top, height, time, span, width) {
  const x = (t) => xOf(t, time, span, width);
  for (const item of lane.items) {
    if (item.end < time - span || item.start > time + span) continue;
    if (lane.kind === 'beats') {
      drawBeat(context, item, x(item.start), top, height);
      continue;
    }
    drawBar(context, item, lane.kind, x(item.start), x(item.end), top, height);
    const colour = lane.kind === 'band' ? ink('text') : ink('page');
    text(context, readable(item.name), x(item.start), x(item.end), top + height / 2 + 0.5, colour);
  }
}

/** @param canvas to draw on; {rows, show(time, span)} */
export function createLanes(canvas, recording) {
  const lanes = lanesOf(recording);
  return {
    rows: lanes.length,
    show(time, span) {
      const area = prepare(canvas);
      if (!area) return;
      const {context, width, height} = area;
      const each = (height - 2 * inset) / Math.max(1, lanes.length);
      context.textBaseline = 'middle';
      context.save();
      context.beginPath();
      context.rect(gutter, 0, width - gutter - margin, height);
      context.clip();
      lanes.forEach((lane, i) => drawLane(context, lane, inset + i * each + 1.5, each - 3, time, span, width));
      context.restore();
      context.font = type(10.5);
      context.fillStyle = ink('quiet');
      context.textAlign = 'right';
      lanes.forEach((lane, i) => context.fillText(lane.label, gutter - 6, inset + (i + 0.5) * each));
    },
  };
}
