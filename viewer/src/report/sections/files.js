// SPDX-License-Identifier: Apache-2.0
import {copy} from '../clipboard.js';
import {h} from '../dom.js';
import {bytes, count, counted, duration} from '../format.js';
import {section} from '../parts/section.js';
import {numberCell, plainTable} from '../parts/table.js';

const hashShown = 12;  // letters of a hash in the table
const columns = [{text: 'file'}, {text: 'recordings', number: true}, {text: 'duration', number: true},
  {text: 'size', number: true}, {text: 'sha-256 of the decoded content'}];

function hashButton({file, content_sha256: hash}) {
  if (!hash) return '–';
  return h('button', {class: 'hash', onclick: () => copy(hash), 'aria-label': `copy SHA-256 of ${file}`,
    'data-tip': 'SHA-256', 'data-tip-code': hash}, `${hash.slice(0, hashShown)}…`);
}

function row(shard) {
  return h('tr', {}, h('th', {scope: 'row'}, shard.file), numberCell(count(shard.recordings)),
    numberCell(duration(shard.duration_s)), numberCell(bytes(shard.bytes)), h('td', {}, hashButton(shard)));
}

/** The files, and the recipe that makes them again. */
export function files({shards, recipe}) {
  return section({id: 'files', title: 'Files and recipe', short: 'Files',
    lead: `${counted(shards.length, 'shard')}. The hash covers decoded values: the same recipe gives the same hash `
        + 'on any number of threads.'},
  plainTable(columns, shards, row),
  recipe && h('details', {class: 'names'}, h('summary', {}, 'Recipe'), h('pre', {}, JSON.stringify(recipe, null, 2))));
}
