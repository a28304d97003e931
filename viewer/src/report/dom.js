// SPDX-License-Identifier: Apache-2.0
// Elements in one expression. Text always arrives as text, never as markup.

const svgSpace = 'http://www.w3.org/2000/svg';

function setAttribute(node, name, value) {
  if (value == null || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name === 'style') for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
  else node.setAttribute(name, value === true ? '' : value);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) setAttribute(node, name, value);
  node.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return node;
}

/**
 * An HTML element.
 * @param {string} tag
 * @param {object} attributes `onclick` and the like listen; `style` is an object; null and false are left out
 * @param {...(Node|string|Array|null)} children
 */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element; arguments as for h(). */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(svgSpace, tag), attributes, children);
}

/** A position along an axis, as CSS wants it. @param {number} fraction 0..1 */
export function percent(fraction) {
  return `${(100 * fraction).toFixed(3)}%`;
}
