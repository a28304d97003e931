// SPDX-License-Identifier: Apache-2.0
// What tests may ask of the page, on window.wristsim:
//
//   ready               true once the first frame of a recording is drawn (also: <html data-ready="true">,
//                       performance mark 'ready'); on failure <html data-error="sentence">
//   duration            s; 0 without a recording
//   time() seek(s) play() pause() playing() speed()
//   pose()              {body or 'case': {position [m], rotation [w x y z]}} in W, read back from the drawn
//                       objects at the present instant
//   pickSequence(row)   viewer.html: shows another recording of the open file; a promise
import {Quaternion, Vector3} from 'three';

function poseOf(object) {
  const position = new Vector3(), rotation = new Quaternion();
  object.matrixWorld.decompose(position, rotation, new Vector3());
  return {position: position.toArray(), rotation: [rotation.w, rotation.x, rotation.y, rotation.z]};
}

/** The page can be used: a recording is drawn, or a file can be opened. */
export function markReady() {
  if (document.documentElement.dataset.ready !== 'true') performance.mark('ready');
  document.documentElement.dataset.ready = 'true';
}

/** Installs the hook; use(player) after every recording that is shown. */
export function installHook(more = {}) {
  let player = null;
  const clock = () => player.clock;
  window.wristsim = {
    get ready() { return player !== null; },
    get duration() { return player?.clock.duration ?? 0; },
    time: () => clock().time(),
    seek: (t) => clock().seek(t),
    play: () => clock().play(),
    pause: () => clock().pause(),
    playing: () => clock().playing(),
    speed: () => clock().speed(),
    pose() {
      player.update();
      return Object.fromEntries(Object.entries(player.nodes()).map(([name, node]) => [name, poseOf(node)]));
    },
    ...more,
  };
  return {
    use(next) {
      player = next;
    },
  };
}
