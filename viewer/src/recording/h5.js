// SPDX-License-Identifier: Apache-2.0
// HDF5 files behind the interface of data/embedded_source.js, by h5wasm. Bundled on its own, since it is
// large: viewer.html carries it compressed and runs it when a file is opened.
import {File, FS, ready} from 'h5wasm';
import {NotShowable} from './data/check.js';

const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ofHdf5 = new Set(['DIMENSION_LIST', 'REFERENCE_LIST', 'CLASS', 'NAME', '_Netcdf4Dimid']);
const shardFile = 'shard.h5';

// Integers that fit become numbers, others text: nothing but dataset values is a BigInt.
function plain(value) {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return Array.from(value, plain);
  return value;
}

function attributesOf(entity) {
  const names = Object.keys(entity.attrs).filter((name) => !ofHdf5.has(name));
  return Object.fromEntries(names.map((name) => [name, plain(entity.attrs[name].value) ?? []]));
}

function openFile(name, bytes) {
  if (signature.some((value, i) => bytes[i] !== value)) throw new NotShowable(`${name}: is not an HDF5 file`);
  FS.writeFile(shardFile, bytes);
  try {
    const file = new File(shardFile, 'r');
    if (file.file_id > 0n || file.file_id > 0) return file;
  } catch {
    // Said below.
  }
  throw new NotShowable(`${name}: an HDF5 file that is cut short or damaged`);
}

/** @param name of the file, @param bytes Uint8Array of all of it; the source, with close(). Throws NotShowable. */
async function openShard(name, bytes) {
  await ready;
  const file = openFile(name, bytes);
  const kept = new Map();
  const attributes = (path) => {
    if (!kept.has(path)) {
      const entity = path === '' ? file : file.get(path);
      kept.set(path, entity ? attributesOf(entity) : {});
    }
    return kept.get(path);
  };
  const isGroup = (key) => file.get(key)?.type === 'Group';
  return {
    label: name,
    sequenceNumber: (row) => row,
    attributes,
    groups: () => file.keys().filter(isGroup),
    datasets: (group) => (isGroup(group) ? file.get(group).keys() : []),
    shape: (path) => file.get(path).shape,
    read: (path, first, count) => {
      const dataset = file.get(path);
      return dataset.slice([[first, first + count], ...dataset.shape.slice(1).map(() => [])]);
    },
    close() {
      file.close();
      FS.unlink(shardFile);
    },
  };
}

globalThis.wristsimOpenShard = openShard;
globalThis.dispatchEvent(new Event('wristsim-hdf5'));
