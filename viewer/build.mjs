// SPDX-License-Identifier: Apache-2.0
// Bundles each page into one HTML file under assets/viewer: no network, strict content policy.
//
//   src/PAGE/page.html + esbuild(src/PAGE/ENTRY.js with its CSS) -> assets/viewer/PAGE.html
//
// The command line puts a recording or a report where a page says <!--wristsim:data-->.
import {build} from 'esbuild';
import {createHash} from 'node:crypto';
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '../assets/viewer');
const limits = {'recording.html': 1.2e6, 'report.html': 1.2e6, 'viewer.html': 7e6};  // bytes

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, 'src', entry)], bundle: true, minify: true, write: false, format: 'esm',
    outdir: 'x', target: 'es2022', loader: {'.css': 'css'}, legalComments: 'none', charset: 'utf8',
    external: ['node:*', 'fs', 'path', 'module', 'ws'], logLevel: 'warning',
  });
  const text = (end) => result.outputFiles.filter((f) => f.path.endsWith(end)).map((f) => f.text).join('');
  return {script: text('.js').replaceAll('</script', '<\\/script'), style: text('.css')};
}

// A large, rarely changing part travels compressed and is unpacked by the page.
function packed(id, script) {
  const text = gzipSync(Buffer.from(script), {level: 9}).toString('base64');
  return `<script type="text/plain" id="${id}">${text}</script>`;
}

function write(name, html) {
  const size = Buffer.byteLength(html);
  if (size > limits[name]) throw new Error(`${name}: ${size} bytes, the budget is ${limits[name]}`);
  writeFileSync(join(out, name), html);
  console.log(`${name}  ${(size / 1e6).toFixed(2)} MB`);
}

async function page(name, source, entry, parts = '') {
  const {script, style} = await bundle(entry);
  const html = readFileSync(join(here, 'src', source), 'utf8')
      .replace('<!--style-->', () => `<style>${style}</style>`)
      .replace('<!--parts-->', () => parts)
      .replace('<!--script-->', () => `<script type="module">${script}</script>`);
  write(name, html);
}

// Every file whose change asks for a new bundle, with its hash: what tests/viewer_bundle.cmake checks.
function sources(folder = here) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.name === 'node_modules' || entry.name.endsWith('.md')) return [];
    return entry.isDirectory() ? sources(path) : [relative(here, path)];
  }).sort();
}

function licences() {
  const texts = ['three', 'uplot', 'h5wasm'].map((name) => {
    const folder = join(here, 'node_modules', name);
    const {version} = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].find((f) => existsSync(join(folder, f)));
    return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return `The pages in this folder contain the libraries below.\n\n${texts.join('\n---\n\n')}`;
}

mkdirSync(out, {recursive: true});
await page('recording.html', 'recording/page.html', 'recording/main.js');
await page('report.html', 'report/page.html', 'report/main.js');
const h5 = await bundle('recording/h5.js');
await page('viewer.html', 'recording/viewer.html', 'recording/viewer.js', packed('h5wasm', h5.script));
writeFileSync(join(out, 'LICENSES.txt'), licences());
const hashes = sources().map((name) =>
  `${createHash('sha256').update(readFileSync(join(here, name))).digest('hex')}  ${name}\n`);
writeFileSync(join(out, 'SOURCES.sha256'), hashes.join(''));
