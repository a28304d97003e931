// SPDX-License-Identifier: Apache-2.0
// Icons of the buttons, 20 x 20, drawn with the text's colour.

const icon = (content) => `<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${content}</svg>`;
const stroke = 'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"';

export const icons = {
  play: icon('<path d="M6 3.6v12.8a.6.6 0 0 0 .92.5l10-6.4a.6.6 0 0 0 0-1L6.92 3.1A.6.6 0 0 0 6 3.6z" fill="currentColor"/>'),
  pause: icon('<rect x="4.6" y="3.2" width="3.8" height="13.6" rx="1" fill="currentColor"/><rect x="11.6" y="3.2" width="3.8" height="13.6" rx="1" fill="currentColor"/>'),
  previous: icon(`<path d="M15.5 4.5 9 10l6.5 5.5z" fill="currentColor"/><path d="M5.5 4.5v11" ${stroke}/>`),
  next: icon(`<path d="M4.5 4.5 11 10l-6.5 5.5z" fill="currentColor"/><path d="M14.5 4.5v11" ${stroke}/>`),
  theme: icon(`<circle cx="10" cy="10" r="6.5" ${stroke}/><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor"/>`),
  details: icon(`<path d="M4 5.5h12M4 10h12M4 14.5h7" ${stroke}/>`),
  help: icon(`<circle cx="10" cy="10" r="7.2" ${stroke}/><path d="M7.9 7.9a2.1 2.1 0 1 1 3 1.9c-.6.3-.9.7-.9 1.4" ${stroke}/><circle cx="10" cy="13.9" r=".9" fill="currentColor"/>`),
  close: icon(`<path d="m5 5 10 10M15 5 5 15" ${stroke}/>`),
  open: icon(`<path d="M3 15.5V5.3c0-.4.3-.8.8-.8h3.7l1.8 2h7c.4 0 .7.3.7.8v8.2c0 .4-.3.7-.7.7H3.7a.7.7 0 0 1-.7-.7z" ${stroke}/>`),
};
