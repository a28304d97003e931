# SPDX-License-Identifier: Apache-2.0
"""Reads labelled windows of a dataset as arrays: x (windows x samples x 6, m/s2 and rad/s; NaN: lost on
the way) and y.

Usage: /usr/bin/python3 examples/read_windows.py out/quickstart
"""
import pathlib
import sys

import h5py
import numpy as np


def flagged(flags, meaning):
    """Which samples the dataset `flags` calls saturated, dropped, duplicate, late, ..."""
    masks = dict(zip(flags.attrs["flag_meanings"].split(), flags.attrs["flag_masks"]))
    return (flags[:] & masks[meaning]) > 0


def read_windows(shard, minimum_purity=0.2):
    with h5py.File(shard) as f:
        keep = (f["windows/purity"][:] >= minimum_purity) & (f["windows/class_id"][:] >= 0)
        starts, labels = f["windows/imu_start"][:][keep], f["windows/class_id"][:][keep]
        length = int(f["windows"].attrs["imu_length"])
        accel = f["imu/accel"][:] * f["imu/accel"].attrs["scale_factor"]
        gyro = f["imu/gyro"][:] * f["imu/gyro"].attrs["scale_factor"]
        signal = np.hstack([accel, gyro]).astype(np.float32)
        signal[flagged(f["imu/flags"], "dropped")] = np.nan  # their counts are the _FillValue
        return np.stack([signal[s:s + length] for s in starts]), labels, list(f["classes"].attrs["names"])


shards = sorted(pathlib.Path(sys.argv[1]).glob("shard-*.h5"))
x, y, names = read_windows(shards[0])
print("x", x.shape, "y", y.shape)
for class_id, name in enumerate(names):
    rms = np.sqrt(np.nanmean(x[y == class_id, :, 3:] ** 2)) if np.any(y == class_id) else 0
    print(f"{name:16s} {np.sum(y == class_id):4d} windows, gyro rms {np.degrees(rms):6.1f} deg/s")
