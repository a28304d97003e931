# SPDX-License-Identifier: Apache-2.0
"""Plots what contacts do to the watch: per class the first blows, above 20 Hz, with their closing speeds.

Usage: /usr/bin/python3 examples/plot_blows.py out/blows -o blows.png
"""
import argparse
import pathlib

import h5py
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("dataset")
parser.add_argument("-o", "--output", default="blows.png")
args = parser.parse_args()
WINDOW = 0.6  # s


def above_20_hz(a, rate):
    """Without what moves more slowly: minus a running mean over 50 ms."""
    width = max(3, int(rate / 20) | 1)
    padded = np.pad(a, ((width // 2, width // 2), (0, 0)), "edge")
    return a - np.stack([np.convolve(padded[:, k], np.ones(width) / width, "valid") for k in range(3)], axis=1)


path = pathlib.Path(args.dataset)
shard = sorted(path.glob("*.h5"))[0] if path.is_dir() else path
with h5py.File(shard) as f:
    rate, names = f["imu"].attrs["rate_hz"], list(f["events"].attrs["names"])
    rows = {name: f["sequences"][name][:] for name in ("imu_start", "imu_count", "class_id")}
    events = {name: f["events"][name][:] for name in ("sequence", "start_ns", "class_id", "speed")}
    figure, axes = plt.subplots(len(rows["class_id"]), 1, figsize=(11, 2.1 * len(rows["class_id"])), squeeze=False)
    for n, axis in enumerate(axes[:, 0]):
        imu = slice(rows["imu_start"][n], rows["imu_start"][n] + rows["imu_count"][n])
        t = f["imu/t"][imu] / 1e9
        accel = f["imu/accel"][imu] * f["imu/accel"].attrs["scale_factor"]
        clean = f["truth/clean_accel"][imu]
        touch = (events["sequence"] == n) & np.isfinite(events["speed"])
        first = events["start_ns"][touch].min() / 1e9 if touch.any() else 0
        shown = (t > first - 0.1) & (t < first - 0.1 + WINDOW)
        axis.plot(t[shown], above_20_hz(accel, rate)[shown], lw=0.5, alpha=0.5)
        axis.set_prop_cycle(None)
        axis.plot(t[shown], above_20_hz(clean, rate)[shown], lw=1, label=["x", "y", "z"])
        for start, speed in zip(events["start_ns"][touch] / 1e9, events["speed"][touch]):
            if start < first - 0.1 + WINDOW:
                axis.axvline(start, color="k", lw=0.6, ls=":")
                axis.annotate(f"{speed:.2f} m/s", (start, 1), xycoords=("data", "axes fraction"), fontsize=7, va="top")
        axis.set_ylabel(f"{names[rows['class_id'][n]]}\nm/s² above 20 Hz", fontsize=8)
axes[0, 0].legend(loc="upper right", fontsize=7, ncol=3)
axes[-1, 0].set_xlabel("time, s")
figure.tight_layout()
figure.savefig(args.output, dpi=70)
print(args.output)
