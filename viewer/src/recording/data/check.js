// SPDX-License-Identifier: Apache-2.0
// Is this a shard that can be shown? If not, a sentence that helps.

/** Something a person should read, not a fault of the program. */
export class NotShowable extends Error {}

const schema = 1;

/** Throws NotShowable unless the source is a complete shard of this schema with recordings. */
export function checkShard(source) {
  const root = source.attributes('');
  const fail = (text) => {
    throw new NotShowable(`${source.label}: ${text}`);
  };
  if (root.schema_version === undefined || !source.groups().includes('sequences'))
    fail('an HDF5 file, but not one that wristsim wrote: it has no schema_version and /sequences');
  if (Number(root.schema_version) !== schema)
    fail(`has schema version ${root.schema_version}; this page reads version ${schema} of wristsim's format`);
  if (Number(root.complete ?? 0) !== 1)
    fail('is not complete: wristsim was stopped before the shard was finished; generate it again');
  if (source.shape('sequences/imu_start')[0] === 0) fail('holds no recordings');
}
