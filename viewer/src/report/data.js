// SPDX-License-Identifier: Apache-2.0
// The report inside the page. Says in one sentence what is wrong when it is not there.

/** The command that makes this page. */
export const command = 'wristsim report DIR -o report.html';

/** @returns {object} the report; throws an Error whose text can be shown */
export function readReport() {
  const element = document.getElementById('wristsim-data');
  if (!element) throw new Error('This page holds no dataset yet. The command below makes one that does.');
  const data = parsed(element.textContent);
  if (data?.kind !== 'report') {
    const given = data?.kind ? `a “${data.kind}”` : 'something else';
    throw new Error(`This page shows dataset reports, but it was given ${given}. The command below makes a report.`);
  }
  return data;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`The data in this page cannot be read (${error.message}). `
        + 'The file may have been cut short; the command below makes it again.');
  }
}

const distinct = 8;  // colours that stay apart

/**
 * The place of each class in the order of colours, by name, the same everywhere on the page. Where colours
 * run out, the largest classes get those that stay apart.
 */
export function classOrder({classes}) {
  const largest = (a, b) => (b.windows || 0) - (a.windows || 0);
  const order = classes.length > distinct ? [...classes].sort(largest) : classes;
  return new Map(order.map(({name}, i) => [name, i]));
}

export const finite = (value) => typeof value === 'number' && Number.isFinite(value);

/** Sum of what is known. */
export const total = (values) => values.reduce((sum, value) => sum + (finite(value) ? value : 0), 0);
