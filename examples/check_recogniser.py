# SPDX-License-Identifier: Apache-2.0
"""Holds a recogniser against a fixture: every event found once, nothing found that was not there.

Usage: wristsim fixture double-tap --out out/double-tap
       /usr/bin/python3 examples/check_recogniser.py out/double-tap
"""
import json
import pathlib
import sys

import h5py
import numpy as np

CLASS, TOLERANCE_S = "double_pinch", 0.3


def recognise(t, accel):
    """Put your own here: t in s, accel in m/s2 -> times at which it fires. This one looks for a knock
    and another 0.12 to 0.5 s later, and then rests for half a second."""
    knock = np.convolve(np.linalg.norm(np.diff(accel, n=2, axis=0), axis=1), np.ones(5) / 5, "same")
    times = t[1:-1][knock > 2.8 * np.median(knock)]
    fired, first = [], -1.0
    for now in times:
        if fired and now - fired[-1] < 0.5:
            continue
        if 0.12 <= now - first <= 0.5:
            fired.append(now)
            first = -1.0
        elif now - first > 0.12:
            first = now
    return fired


def signals(folder):
    """t and accel of each recording, in the order of events.json."""
    with h5py.File(next(folder.glob("*.h5"))) as f:
        t, accel = f["imu/t"][:] * 1e-9, f["imu/accel"][:] * f["imu/accel"].attrs["scale_factor"]
        for start, count in zip(f["sequences/imu_start"][:], f["sequences/imu_count"][:]):
            yield t[start:start + count], accel[start:start + count]


folder = pathlib.Path(sys.argv[1])
missed = false = events = 0
recordings = json.load(open(folder / "events.json"))["recordings"]
for recording, (t, accel) in zip(recordings, signals(folder)):
    truth = [e for e in recording["events"] if e["name"] == CLASS and e["source"] == "motion"]
    left = list(recognise(t, accel))
    for event in truth:
        hits = [x for x in left if event["start_s"] <= x <= event["end_s"] + TOLERANCE_S]
        missed += not hits
        left = [x for x in left if x not in hits[:1]]
    false += len(left)
    events += len(truth)
print(f"{folder.name}: {events} events, {missed} missed, {false} false")
sys.exit(1 if missed or false else 0)
