# SPDX-License-Identifier: Apache-2.0
"""Compares `wristsim imu` with a real sensor: a BROAD trial, poses in, measured acceleration and rate beside.

Fitted by least squares: where the chip sits in the tracked body (lever arm) and a constant offset per axis.
Usage: /usr/bin/python3 examples/fit_broad.py TRIAL.hdf5 [--program wristsim] [--bound-accel 0.17 --bound-gyro 0.05]
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import h5py
import numpy as np

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("trial")
parser.add_argument("--program", default="wristsim")
parser.add_argument("--smooth", default="auto")
parser.add_argument("--bound-accel", type=float, default=np.inf, help="m/s2")
parser.add_argument("--bound-gyro", type=float, default=np.inf, help="rad/s")
parser.add_argument("--bound-r", type=float, default=-1, help="least correlation of an axis")
args = parser.parse_args()

with h5py.File(args.trial) as f:
    rate = f.attrs["sampling_rate"]
    poses = np.hstack([f["opt_pos"][:], f["opt_quat"][:]])
    accel, gyro, moving = f["imu_acc"][:], f["imu_gyr"][:], f["movement"][:].ravel() > 0
t = np.arange(len(poses)) / rate
seen = np.isfinite(poses).all(1)
folder = pathlib.Path(tempfile.mkdtemp())
np.savetxt(folder / "poses.csv", np.c_[t, poses][seen], "%.9g", ",", header="t,px,py,pz,qw,qx,qy,qz", comments="")


def simulate(lever):
    """Specific force and rate of a chip at `lever` (m), at the instants of the trial; NaN where poses were lost."""
    subprocess.run([args.program, "imu", "--pose", folder / "poses.csv", "-o", folder / "imu.csv", "--smooth",
                    args.smooth, "--rate", repr(float(rate)), "--lever", ",".join(map(str, lever))],
                   check=True, stdout=sys.stderr)
    rows = np.loadtxt(folder / "imu.csv", delimiter=",", skiprows=8)
    out = np.full((len(t), 6), np.nan)
    out[np.rint((rows[:, 0]) * rate).astype(int)] = rows[:, 1:7]
    return out


base = simulate((0, 0, 0))
columns = [simulate(axis)[:, :3] - base[:, :3] for axis in np.eye(3)]  # per metre of lever arm: the model is linear
use = moving & seen & np.isfinite(base).all(1)
offsets = [np.broadcast_to(axis, accel.shape) for axis in np.eye(3)]
A = np.stack([c[use].ravel() for c in columns + offsets], 1)
fit = np.linalg.lstsq(A, (accel - base[:, :3])[use].ravel(), rcond=None)[0]
made = base[use, :3] + (A @ fit).reshape(-1, 3)
rms = np.sqrt(np.mean((accel[use] - made) ** 2))
r = [np.corrcoef(accel[use, k], made[:, k])[0, 1] for k in range(3)]
rate_error = gyro[use] - base[use, 3:]
gyro_rms = np.sqrt(np.mean((rate_error - rate_error.mean(0)) ** 2))
print(f"lever arm {np.round(1e3 * fit[:3], 1)} mm; acceleration {rms:.4f} m/s2 rms, r {np.round(r, 4)}; "
      f"rate {gyro_rms:.4f} rad/s rms")
sys.exit(0 if rms <= args.bound_accel and gyro_rms <= args.bound_gyro and min(r) >= args.bound_r else 1)
