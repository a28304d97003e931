// SPDX-License-Identifier: Apache-2.0
// How a file comes in: chosen, or dropped anywhere on the page.

/** The first screen; {element, input, hide(), browse()}. */
export function createPicker(root) {
  const element = document.createElement('div');
  element.className = 'picker';
  element.innerHTML = `<div class="card"><h1>Look into a shard</h1>
    <p>Drop a <b>shard-*.h5</b> that wristsim wrote onto this page.
      It is read here, in the browser, and goes nowhere.</p>
    <label>Choose a file<input type="file" accept=".h5,.hdf5"></label></div>`;
  root.append(element);
  const input = element.querySelector('input');
  return {
    element, input,
    hide() {
      element.hidden = true;
    },
    browse: () => input.click(),
  };
}

/** Calls opened(file) for every file that comes in. */
export function connectFiles({input}, opened) {
  const dragging = (on) => document.body.classList.toggle('dragging', on);
  input.addEventListener('change', () => {
    if (input.files.length) opened(input.files[0]);
    input.value = '';
  });
  addEventListener('dragover', (event) => {
    event.preventDefault();
    dragging(true);
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && dragging(false));
  addEventListener('drop', (event) => {
    event.preventDefault();
    dragging(false);
    const file = [...event.dataTransfer.files].find(({name}) => name.endsWith('.h5')) ?? event.dataTransfer.files[0];
    if (file) opened(file);
  });
}
