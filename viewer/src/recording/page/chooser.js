// SPDX-License-Identifier: Apache-2.0
// Which recording of an open shard is shown.
import {readable} from '../data/events.js';
import {icons} from '../transport/icons.js';

/** @param place to fill, @param acts {pick(row), open()}; {list(recordings), select(row)} */
export function createChooser(place, {pick, open}) {
  const select = document.createElement('select');
  select.setAttribute('aria-label', 'Recording');
  select.addEventListener('change', () => pick(Number(select.value)));
  const button = document.createElement('button');
  button.type = 'button';
  button.innerHTML = icons.open;
  button.title = 'Open another file';
  button.setAttribute('aria-label', button.title);
  button.addEventListener('click', open);
  place.className = 'chooser';
  place.replaceChildren(select, button);
  return {
    list(recordings) {
      select.replaceChildren(...recordings.map(({row, name, subject, placement}) =>
        new Option([row, readable(name), subject, placement].filter((part) => part !== '').join(' · '), String(row))));
    },
    select(row) {
      select.value = String(row);
    },
  };
}
