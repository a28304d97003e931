# SPDX-License-Identifier: Apache-2.0
"""Plots what a strap's tightness does to the light: a point per recording, a bar per dataset.

Usage: /usr/bin/python3 examples/plot_straps.py out/tight out/snug out/loose -o straps.png
"""
import argparse
import pathlib

import h5py
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("datasets", nargs="+")
parser.add_argument("-o", "--output", default="straps.png")
args = parser.parse_args()

figure, axes = plt.subplots(3, sharex=True, figsize=(8, 6))
for place, path in enumerate(map(pathlib.Path, args.datasets)):
    rows = []
    with h5py.File(sorted(path.glob("*.h5"))[0] if path.is_dir() else path) as f:
        light = list(f["optical"].attrs["channel_names"])
        for start, count in zip(f["sequences/optical_start"], f["sequences/optical_count"]):
            part = {k[5:]: v[start:start + count] for k, v in f["truth_optical"].items() if k.startswith("part_")}
            motion = part["venous"] + part["pressure"] + part["gap"]
            rows.append([100 * (part["pulse"] / part["steady"]).std(0), 100 * (motion / part["steady"]).std(0),
                         1e12 * part["ambient"].mean(0)])
    for c, name in enumerate(light):
        colour, x = "tab:green" if "green" in name else "tab:purple", place + 0.15 * (c - 0.5 * len(light) + 0.5)
        for axis, y in zip(axes, np.array(rows)[:, :, c].T):
            axis.semilogy(np.full(len(y), x), y, ".", color=colour, alpha=0.35, ms=5)
            axis.semilogy(x, np.median(y), "_", color=colour, ms=18, mew=2.5, label=name if place == 0 else None)
for axis, label in zip(axes, ["pulse,\n% rms of the light", "motion,\n% rms of the light", "ambient light\nleft, pA"]):
    axis.set_ylabel(label)
axes[0].set_ylim(1e-3, None)
axes[1].legend(fontsize=8)
axes[-1].set_xticks(range(len(args.datasets)), [pathlib.Path(d).name for d in args.datasets])
figure.tight_layout()
figure.savefig(args.output, dpi=75)
print(args.output)
