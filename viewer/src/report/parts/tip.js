// SPDX-License-Identifier: Apache-2.0
// One floating note for the whole page: elements say data-tip (first line bold) and data-tip-code (a command).
import {h} from '../dom.js';

const margin = 10;  // CSS px

function content(target) {
  const [head, ...lines] = target.dataset.tip.split('\n');
  const code = target.dataset.tipCode;
  return [h('b', {}, head), lines.map((line) => h('div', {}, line)),
    code && h('code', {}, code), code && h('div', {class: 'quiet'}, 'click copies')];
}

function place(tip, {left, right, top, bottom}) {
  const {offsetWidth: width, offsetHeight: height} = tip;
  const x = Math.max(margin, Math.min((left + right - width) / 2, innerWidth - width - margin));
  const above = top - height - margin;
  tip.style.left = `${x}px`;
  tip.style.top = `${above > margin ? above : Math.min(bottom + margin, innerHeight - height - margin)}px`;
}

function show(tip, target) {
  tip.replaceChildren(...content(target).flat().filter(Boolean));
  tip.hidden = false;
  place(tip, target.getBoundingClientRect());
}

/** Starts showing notes on hover and on focus. */
export function startTips() {
  const tip = document.getElementById('tip');
  const follow = (event) => {
    const target = event.target.closest?.('[data-tip]');
    if (target) show(tip, target);
    else tip.hidden = true;
  };
  for (const kind of ['pointerover', 'focusin']) document.addEventListener(kind, follow);
  document.addEventListener('focusout', () => { tip.hidden = true; });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') tip.hidden = true; });
  document.addEventListener('scroll', () => { tip.hidden = true; }, {passive: true, capture: true});
}
