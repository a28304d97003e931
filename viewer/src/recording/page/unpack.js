// SPDX-License-Identifier: Apache-2.0
// Unpacks h5wasm, which the page carries compressed, and runs it in the page: the content policy lets
// inline scripts run and nothing be fetched.

let loading = null;

async function unpacked(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}

async function run() {
  const script = document.createElement('script');
  script.type = 'module';
  script.textContent = await unpacked(document.getElementById('h5wasm').textContent);
  const there = new Promise((resolve) => addEventListener('wristsim-hdf5', resolve, {once: true}));
  document.head.append(script);
  await there;
  return globalThis.wristsimOpenShard;
}

/** A promise of (name, bytes) => promise of a source. */
export function loadHdf5() {
  loading ??= run();
  return loading;
}
