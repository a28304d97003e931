// SPDX-License-Identifier: Apache-2.0
// Numbers about strap and touch at the present instant, over the scene.
import {between, linear} from '../data/sampling.js';

// Viridis at nine places: pressure from nothing to the recording's greatest.
const viridis = [[68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141],
  [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37]];

// CSS colour of a share in [0, 1].
function heat(share) {
  const at = Math.min(1, Math.max(0, share)) * (viridis.length - 1);
  const i = Math.min(viridis.length - 2, Math.floor(at));
  return `rgb(${viridis[i].map((v, k) => Math.round(v + (at - i) * (viridis[i + 1][k] - v))).join(' ')})`;
}

function item(list, name) {
  const term = document.createElement('dt'), value = document.createElement('dd');
  term.textContent = name;
  list.append(term, value);
  return value;
}

const signed = (value, digits) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** @param list a dl to fill; {show(t, slip [m, m])} */
export function createReadouts(list, {truth, imu, truthOptical, optical}) {
  list.replaceChildren();
  const rows = [];
  const add = (name, values, write) => {
    if (!values) return;
    const place = item(list, name);
    rows.push((t, slip) => write(place, values, t, slip));
  };
  const at = (values, t) => linear(values, between(imu.t, t));
  const most = truth.pressure?.reduce((a, b) => Math.max(a, b), 1);
  add('Pressure', truth.pressure, (place, values, t) => {
    const pressure = at(values, t);
    place.innerHTML = `<i style="--heat:${heat(pressure / most)}"></i>${(pressure / 1e3).toFixed(2)} kPa`;
  });
  add('Slip', truth.slip, (place, values, t, slip) => {
    const [along, round] = slip.map((length) => signed(length * 1e3, 2));
    place.textContent = Math.hypot(...slip) < 5e-6 ? 'none' : `${along} along, ${round} round mm`;
  });
  add('Gap', truth.gap, (place, values, t) => {
    place.textContent = `${(at(values, t) * 1e3).toFixed(2)} mm`;
  });
  add('Touch', truth.contactForce?.some((force) => force > 0) ? truth.contactForce : null, (place, values, t) => {
    place.textContent = `${at(values, t).toFixed(2)} N`;
  });
  add('Heart', truthOptical?.heartRate, (place, values, t) => {
    place.textContent = `${linear(values, between(optical.t, t)).toFixed(0)} /min`;
  });
  return {
    show(t, slip) {
      for (const row of rows) row(t, slip);
    },
  };
}
