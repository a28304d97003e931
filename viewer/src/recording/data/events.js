// SPDX-License-Identifier: Apache-2.0
// What happened when: rows of /events and runs of equal labels.

/** Events of one recording in order of time: [{name, source, start, end}], s. */
export function readEvents(source, row) {
  if (!source.groups().includes('events')) return [];
  const count = source.shape('events/sequence')[0];
  const column = (name) => source.read(`events/${name}`, 0, count);
  const {names = [], sources = []} = source.attributes('events');
  const of = column('sequence');
  const [starts, ends, classes, kinds] = ['start_ns', 'end_ns', 'class_id', 'source'].map(column);
  const events = [];
  for (let i = 0; i < count; i++) {
    if (Number(of[i]) !== row) continue;
    events.push({
      name: names[classes[i]] ?? 'unnamed', source: sources[kinds[i]] ?? 'unknown',
      start: Number(starts[i]) * 1e-9, end: Number(ends[i]) * 1e-9,
    });
  }
  return events.sort((a, b) => a.start - b.start);
}

/** Runs of one label: [{name, id, start, end}], s; samples without a label make no run. */
export function labelRuns(imu, classNames) {
  if (!imu?.classId) return [];
  const {t, classId} = imu;
  const runs = [];
  for (let i = 0, first = 0; i < classId.length; i++) {
    if (i + 1 < classId.length && classId[i + 1] === classId[first]) continue;
    const id = classId[first], end = t[Math.min(i + 1, t.length - 1)];
    if (id >= 0) runs.push({name: classNames[id], id, start: t[first], end});
    first = i + 1;
  }
  return runs;
}

/** Fingers that a contact event names: 'contact:a-b' -> ['a', 'b']. */
export function touchingBodies(event) {
  const [kind, bodies] = event.name.split(':');
  return kind === 'contact' && bodies ? bodies.split('-') : [];
}

/** The instant worth showing first: shortly before what the recording is about. */
export function interestingInstant({events, class: shown, duration}) {
  const about = events.find((e) => e.source === 'motion' && e.name === shown?.name) ??
      events.find((e) => e.source === 'contact') ?? events.find((e) => e.source === 'motion');
  return about ? Math.max(0, about.start - 0.25) : Math.min(1, duration / 10);
}

/** 'double_pinch' -> 'double pinch', 'contact:index_distal-thumb_distal' -> 'index and thumb'. */
export function readable(name) {
  const bodies = touchingBodies({name});
  if (bodies.length) return bodies.map((body) => body.split('_')[0]).join(' and ');
  return name.replaceAll('_', ' ');
}
