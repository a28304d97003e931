# SPDX-License-Identifier: Apache-2.0
"""Plots one recording of a dataset to a PNG: accelerometer, gyroscope, optical channels, labels.

Usage: /usr/bin/python3 examples/plot_recording.py out/quickstart --sequence 0 -o recording.png
"""
import argparse
import pathlib

import h5py
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

def read(dataset, rows):
    """In the unit of the dataset; NaN where a sample was lost on the way."""
    stored = dataset[rows]
    values = stored * dataset.attrs.get("scale_factor", 1.0)
    return np.where(stored == dataset.attrs["_FillValue"], np.nan, values)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("dataset")
parser.add_argument("--sequence", type=int, default=0)
parser.add_argument("-o", "--output", default="recording.png")
args = parser.parse_args()

path = pathlib.Path(args.dataset)
shard = sorted(path.glob("*.h5"))[0] if path.is_dir() else path
with h5py.File(shard) as f:
    row = {name: f["sequences"][name][args.sequence] for name in f["sequences"]}
    imu = slice(row["imu_start"], row["imu_start"] + row["imu_count"])
    optical = slice(row["optical_start"], row["optical_start"] + row["optical_count"])
    t, to = f["imu/t"][imu] / 1e9, f["optical/t"][optical] / 1e9
    accel, gyro = read(f["imu/accel"], imu), read(f["imu/gyro"], imu)
    counts = read(f["optical/counts"], optical)
    classes, labels = list(f["classes"].attrs["names"]), f["imu/class_id"][imu]
    light = list(f["optical"].attrs["channel_names"])
    title = f"{f['vocab'].attrs['subjects'][row['subject']]}, {f['vocab'].attrs['clips'][row['clip']]}"

figure, axes = plt.subplots(2 + counts.shape[1], 1, sharex=True, figsize=(12, 2.2 * (2 + counts.shape[1])))
axes[0].plot(t, accel, lw=0.8, label=["x", "y", "z"])
axes[0].set_ylabel("accel, m/s²")
axes[0].set_title(title)
axes[1].plot(t, gyro, lw=0.8)
axes[1].set_ylabel("gyro, rad/s")
for c, name in enumerate(light):
    axes[2 + c].plot(to, counts[:, c], lw=0.8)
    axes[2 + c].set_ylabel(f"{name}, counts")
for axis in axes:
    axis.set_ylim(axis.get_ylim())
for c, name in enumerate(classes):
    for axis in axes:
        axis.fill_between(t, 0, 1, where=labels == c, alpha=0.08, color=f"C{c}", transform=axis.get_xaxis_transform())
    axes[0].fill_between([], [], alpha=0.2, color=f"C{c}", label=name)
axes[0].legend(loc="upper right", ncol=6, fontsize=7)
axes[-1].set_xlabel("time, s")
figure.tight_layout()
figure.savefig(args.output, dpi=90)
print(args.output)
