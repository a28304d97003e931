# SPDX-License-Identifier: Apache-2.0
"""Trains a small network to tell double pinches from what they are taken for, and tries it on people it
has never seen. Makes the dataset first, unless it is there.

Usage: PYTHONPATH=build/release/python /usr/bin/python3 examples/train_pinch.py out/pinch [--floor F1]
"""
import argparse
import pathlib

import numpy as np
import torch
import wristsim
from torch import nn

RECIPE = pathlib.Path(__file__).parents[1] / "assets/recipes/pinch.toml"
arguments = argparse.ArgumentParser()
arguments.add_argument("out", help="folder of the dataset")
arguments.add_argument("--set", action="append", default=[], help="override of the recipe, KEY=VALUE")
arguments.add_argument("--epochs", type=int, default=20)
arguments.add_argument("--floor", type=float, default=0, help="least F1; below it the exit code is 1")
arguments = arguments.parse_args()


def windows(split):
    """x [N, C, T], compressed so that a pinch shows beside a clap; whether it is a double pinch; the class."""
    ds = wristsim.Dataset(arguments.out, split=split)
    batch = ds[:]
    pinch = batch["label"] == ds.classes.index("double_pinch")
    part = ~pinch & (batch["purity"] < 1) & np.isin(batch["sequence"], batch["sequence"][pinch])
    x = batch["x"][~part] / np.float32([0.1, 0.1, 0.1, 0.03, 0.03, 0.03])  # m/s2, rad/s
    x = np.nan_to_num(np.arcsinh(x - np.nanmean(x, axis=1, keepdims=True)))
    return torch.from_numpy(x).mT, torch.from_numpy(pinch[~part]).float(), batch["label"][~part], ds.classes


wristsim.generate(RECIPE, arguments.out, arguments.set, progress=lambda done, total: print(
    f"\r{done}/{total} recordings", end="" if done < total else "\n", flush=True))
x, y, _, _ = windows("train")
torch.manual_seed(1)
layers = []
for inputs, outputs in ((6, 16), (16, 32), (32, 32)):
    layers += [nn.Conv1d(inputs, outputs, 9, padding=4), nn.BatchNorm1d(outputs), nn.ReLU(), nn.MaxPool1d(4)]
model = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.3), nn.Linear(32 * (x.shape[2] // 64), 1))
step = torch.optim.AdamW(model.parameters(), weight_decay=1e-2)
rate = torch.optim.lr_scheduler.OneCycleLR(step, 5e-3, epochs=arguments.epochs, steps_per_epoch=-(-len(x) // 64))
loss = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(3.0))
for at in (at for _ in range(arguments.epochs) for at in torch.randperm(len(x)).split(64)):
    step.zero_grad()
    loss(model(x[at])[:, 0], y[at]).backward()
    step.step()
    rate.step()

x, y, label, classes = windows("test")
model.eval()
said = (model(x)[:, 0] > 0).float().detach()
f1 = float(2 * (said * y).sum() / (said + y).sum().clamp(min=1))
print(f"people never seen: {len(x)} windows, {int(y.sum())} double pinches, F1 {f1:.2f}")
for name in sorted(set(classes[k] for k in label)):
    mine = said[torch.from_numpy(label == classes.index(name))]
    print(f"  {name:14s} {len(mine):4d} windows, called a double pinch: {mine.mean():.0%}")
raise SystemExit(f1 < arguments.floor)
