// SPDX-License-Identifier: Apache-2.0

function copiedByHand(text) {
  const field = document.createElement('textarea');
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  return done;
}

/** Says a sentence at the foot of the page, also to screen readers. */
export function say(text) {
  const said = document.getElementById('said');
  said.textContent = text;
  said.classList.add('shown');
  clearTimeout(say.timer);
  say.timer = setTimeout(() => said.classList.remove('shown'), 2600);
}

/** Copies and says so; pages opened as files may lack the clipboard, so an older way is tried too. */
export async function copy(text) {
  const focused = document.activeElement;
  let done = true;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    done = copiedByHand(text);
    focused?.focus();
  }
  say(done ? `Copied: ${text}` : `Could not copy. The text is: ${text}`);
}
