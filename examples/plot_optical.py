# SPDX-License-Identifier: Apache-2.0
"""Plots the light of one recording beside what moves it: over time, or as spectra.

Usage: /usr/bin/python3 examples/plot_optical.py out/quickstart --sequence 0 [--between 2 6] [--spectrum] -o light.png
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
parser.add_argument("--sequence", type=int, default=0)
parser.add_argument("--between", type=float, nargs=2, default=[0, 1e9], metavar="S")
parser.add_argument("--spectrum", action="store_true")
parser.add_argument("-o", "--output", default="light.png")
args = parser.parse_args()

path = pathlib.Path(args.dataset)
with h5py.File(sorted(path.glob("*.h5"))[0] if path.is_dir() else path) as f:
    start, count = ({g: f[f"sequences/{g}_{k}"][args.sequence] for g in ("imu", "optical")} for k in ("start", "count"))
    imu, optical = (slice(start[g], start[g] + count[g]) for g in ("imu", "optical"))
    t, to, names = f["imu/t"][imu] / 1e9, f["optical/t"][optical] / 1e9, list(f["optical"].attrs["channel_names"])
    light = f["optical/counts"][optical] / f["optical/led_current"][optical]  # LED steps undone
    heart = f["truth_optical/heart_rate"][optical] / 60
    force = np.linalg.norm(f["imu/accel"][imu] * f["imu/accel"].attrs["scale_factor"], axis=1)
    height = f["truth/case_position"][imu, 2] - f["truth/thorax_position"][imu, 2]
    event = [f["events"][k][:][f["events/sequence"][:] == args.sequence] for k in ("source", "start_ns")]
    sources = list(f["events"].attrs["sources"])
    touches, beats = (event[1][event[0] == sources.index(k)] / 1e9 for k in ("contact", "heart"))
s, so = ((x >= args.between[0]) & (x <= args.between[1]) for x in (t, to))
light = 100 * light / light[so][:200].mean(axis=0)  # % of what it begins with
figure, axes = plt.subplots(len(names) + 2 * (not args.spectrum), sharex=True, figsize=(8, 6))
for c, (axis, name) in enumerate(zip(axes, names)):
    axis.set_ylabel(f"{name}, Hz" if args.spectrum else f"{name}\nlight, %")
    if not args.spectrum:
        axis.plot(to[so], light[so, c], color="tab:green" if "green" in name else "tab:purple", lw=1)
        continue
    power, hz, middle, _ = axis.specgram(light[:, c] - 100, 1024, 1 / np.diff(to).mean(), noverlap=896)
    shades = 10 * np.log10(power / power[(hz > 0.7) & (hz < 4)].max(axis=0) + 1e-9)  # dB below each strongest line
    axis.pcolormesh(middle, hz, shades, vmin=-30, vmax=0, cmap="magma", rasterized=True)
    axis.plot(to, heart, "c--", lw=1)
    axis.set_ylim(0.5, 4)
if not args.spectrum:
    for axis, y, label in ((axes[-2], force, "specific\nforce, m/s²"), (axes[-1], height, "above the\nshoulders, m")):
        axis.plot(t[s], y[s], "k", lw=0.8)
        axis.set_ylabel(label)
    for events, colour in ((touches, "r"), (beats, "0.8")):
        for x in events[(events > t[s][0]) & (events < t[s][-1])]:
            for axis in axes[:-1]:
                axis.axvline(x, color=colour, lw=0.7, zorder=0)
axes[0].set_title("dashed: true heart rate" if args.spectrum else "red: touches; grey: beats of the heart", fontsize=9)
axes[-1].set_xlabel("time, s")
figure.tight_layout()
figure.savefig(args.output, dpi=75)
print(args.output)
