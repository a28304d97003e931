// SPDX-License-Identifier: Apache-2.0
// A recording that the command line put into the page, behind the interface that every source has:
//
//   attributes(path) -> {name: value}     of '' (the root), a group or 'group/dataset'
//   groups() -> [name], datasets(group) -> [name]
//   shape(path) -> [rows] or [rows, columns]
//   read(path, first, count) -> typed array, row by row; int64 as BigInt64Array
//   label -> the file's name, sequenceNumber(row) -> the row's number in that file
import {NotShowable} from './check.js';

const elements = {
  i1: Int8Array, i2: Int16Array, i4: Int32Array, i8: BigInt64Array,
  u1: Uint8Array, u2: Uint16Array, u4: Uint32Array, u8: BigUint64Array,
  f4: Float32Array, f8: Float64Array,
};

function decode(dataset) {
  const text = atob(dataset.base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return new elements[dataset.element](bytes.buffer);
}

function parse(element) {
  if (!element) throw new NotShowable('This page holds no recording; make one with: wristsim view SHARD -o page.html');
  return JSON.parse(element.textContent);
}

/** The source over a script element of JSON that `wristsim view` wrote. Throws NotShowable. */
export function embeddedSource(element) {
  const {file, sequence, attributes, groups} = parse(element);
  const decoded = new Map();
  const find = (path) => {
    const [group, name] = path.split('/');
    return groups[group]?.datasets[name];
  };
  const whole = (path) => {
    if (!decoded.has(path)) decoded.set(path, decode(find(path)));
    return decoded.get(path);
  };
  return {
    label: file,
    sequenceNumber: () => sequence,
    attributes: (path) => (path === '' ? attributes : (find(path) ?? groups[path])?.attributes) ?? {},
    groups: () => Object.keys(groups),
    datasets: (group) => Object.keys(groups[group]?.datasets ?? {}),
    shape: (path) => {
      const {rank, rows, columns} = find(path);
      return rank === 2 ? [rows, columns] : [rows];
    },
    read: (path, first, count) => {
      const {columns} = find(path);
      return whole(path).subarray(first * columns, (first + count) * columns);
    },
  };
}
