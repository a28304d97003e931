# SPDX-License-Identifier: Apache-2.0
"""The yardstick in numpy: a wrist IMU from a pose by finite differences, noise and rounding, 100 Hz.

What most pipelines do today; no strap, no optics, no band above a few hertz. Prints simulated seconds
per second of one core. Usage: OMP_NUM_THREADS=1 /usr/bin/python3 tests/bench/numpy_baseline.py
"""
import time

import numpy as np

RATE, SECONDS, JOINTS = 100.0, 60, 6


def rotation(axis, angle):
    """Rotations about a coordinate axis. Shape: N x 3 x 3."""
    c, s, m = np.cos(angle), np.sin(angle), np.zeros((len(angle), 3, 3))
    i, j, k = axis, (axis + 1) % 3, (axis + 2) % 3
    m[:, i, i], m[:, j, j], m[:, k, k], m[:, j, k], m[:, k, j] = 1, c, c, -s, s
    return m


def record(angles, rng):
    """Counts of an accelerometer and a gyroscope at the end of a chain. angles: N x JOINTS, rad."""
    turn, position = np.broadcast_to(np.eye(3), (len(angles), 3, 3)), np.zeros((len(angles), 3))
    for joint in range(JOINTS):
        turn = turn @ rotation(joint % 3, angles[:, joint])
        position = position + turn[:, :, 0] * 0.1
    acceleration = np.gradient(np.gradient(position, 1 / RATE, axis=0), 1 / RATE, axis=0) + [0, 0, 9.80665]
    force = np.einsum("nji,nj->ni", turn, acceleration)
    spin = np.einsum("nji,njk->nik", turn, np.gradient(turn, 1 / RATE, axis=0))
    rate = np.stack([spin[:, 2, 1], spin[:, 0, 2], spin[:, 1, 0]], axis=1)
    noise = rng.standard_normal((len(angles), 6)) * 0.01
    return np.rint((np.hstack([force, rate]) + noise) / 0.0024).astype(np.int16)


rng = np.random.default_rng(1)
t = np.arange(int(RATE * SECONDS)) / RATE
angles = np.sin(t[:, None] * np.arange(1, JOINTS + 1))
record(angles, rng)
start, runs = time.perf_counter(), 20
for _ in range(runs):
    record(angles, rng)
print(f"numpy baseline: {runs * SECONDS / (time.perf_counter() - start):.0f} simulated s / wall s")
