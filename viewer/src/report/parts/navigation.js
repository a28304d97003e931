// SPDX-License-Identifier: Apache-2.0
// The list of sections: beside the page on wide screens, a row of chips above it on narrow ones.
import {setTheme, theme} from '../../shared/theme.js';
import {h, svg} from '../dom.js';

const mark = () => svg('svg', {class: 'mark', viewBox: '0 0 24 24', 'aria-hidden': 'true'},
  svg('path', {d: 'M8 5.5 8.8 2h6.4l.8 3.5M8 18.5l.8 3.5h6.4l.8-3.5'}),
  svg('rect', {x: 5, y: 5.5, width: 14, height: 13, rx: 3.6}),
  svg('path', {class: 'trace', d: 'M7.6 12.2h2l1.2-3 2 6 1.4-3.6.6.6h1.8'}));

function themeButton() {
  const words = () => (theme() === 'dark' ? 'Light' : 'Dark');
  const button = h('button', {class: 'theme', onclick: () => {
    setTheme(theme() === 'dark' ? 'light' : 'dark');
    button.textContent = words();
    button.setAttribute('aria-label', `${words()} colours`);
  }, 'aria-label': `${words()} colours`}, words());
  return button;
}

function follow(links) {
  const seen = new Map();  // section -> in view or not
  const watch = new IntersectionObserver((entries) => {
    for (const {target, isIntersecting} of entries) seen.set(target, isIntersecting);
    const first = [...links.keys()].find((target) => seen.get(target));
    for (const [target, link] of links) markCurrent(link, target === first);
  }, {rootMargin: '-96px 0px -45% 0px'});
  for (const target of links.keys()) watch.observe(target);
}

function markCurrent(link, on) {
  if (on === link.hasAttribute('aria-current')) return;
  link.toggleAttribute('aria-current', on);
  if (on) reach(link);
}

// Only the row of chips scrolls sideways; the page must not move.
function reach(link) {
  const row = link.parentElement;
  row.scrollTo({left: link.offsetLeft - row.clientWidth / 2 + link.offsetWidth / 2});
}

/** @param {HTMLElement[]} sections what section() made */
export function navigation(sections) {
  const links = new Map(sections.map((target) => [target, h('a', {href: `#${target.id}`}, target.dataset.short)]));
  document.getElementById('navigation').append(
    h('a', {class: 'brand', href: '#top'}, mark(), 'wristsim'),
    h('div', {class: 'links'}, [...links.values()]),
    themeButton());
  follow(links);
}
