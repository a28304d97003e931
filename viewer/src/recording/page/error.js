// SPDX-License-Identifier: Apache-2.0
// A sentence instead of a recording.
import {NotShowable} from '../data/check.js';

/** Shows what is wrong to people and, as data-error, to programs. */
export function showError(error) {
  const expected = error instanceof NotShowable;
  const text = expected ? error.message : `This recording cannot be shown: ${error.message}`;
  if (!expected) console.error(error);
  hideError();
  const note = document.createElement('div');
  note.className = 'error panel';
  note.setAttribute('role', 'alert');
  note.textContent = text;
  document.body.append(note);
  document.documentElement.dataset.error = text;
}

export function hideError() {
  document.querySelector('.error')?.remove();
  delete document.documentElement.dataset.error;
}
