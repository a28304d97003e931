# SPDX-License-Identifier: Apache-2.0
"""Nearest class by attributes from simple features: what a recogniser of classes it never saw has to beat.
Ridge regression from features of a window to the attributes of its class, of seen classes only; a window is
of the class whose attributes are most alike. All choices are made on classes kept for validation.

Usage: /usr/bin/python3 examples/zero_shot.py SET -o OUT.csv [--fold 0] [--train OTHER_SET] [--attributes OUT2.csv]
       wristsim score --set SET/answers/fold-0 --predictions OUT.csv [--attributes OUT2.csv]
"""
import argparse
import csv
import json
import pathlib

import h5py
import numpy as np

arguments = argparse.ArgumentParser()
arguments.add_argument("set", type=pathlib.Path, help="folder with test/: an evaluation set or a stress suite")
arguments.add_argument("-o", "--out", required=True, help="CSV of class scores to write")
arguments.add_argument("--train", type=pathlib.Path, help="the set with train/, validation/ and folds/; else SET")
arguments.add_argument("--fold", type=int, default=0)
arguments.add_argument("--attributes", help="CSV of predicted attributes to write")
arguments = arguments.parse_args()
source = arguments.train or arguments.set
RIDGES, WARMTHS, HANDICAPS = (30, 100, 300, 1000), (0.03, 0.05, 0.07, 0.1, 0.15), np.arange(0, 0.31, 0.02)
EDGES = (0.3, 0.7, 1.2, 2, 3, 4.5, 7, 11, 18, 50)  # Hz, of bands


def features(x, rate):
    """Of windows [N, 6, T] and the lengths of both vectors: mean, spread, quantiles, bands, correlations."""
    x = np.nan_to_num(x)
    x = np.concatenate([x] + [np.linalg.norm(x[:, i:i + 3], axis=1, keepdims=True) for i in (0, 3)], axis=1)
    mean, spread = x.mean(axis=2), x.std(axis=2) + 1e-3
    away = x - mean[..., None]
    quantiles = np.quantile(away, [0.05, 0.25, 0.75, 0.95], axis=2).transpose(1, 2, 0)
    power = np.abs(np.fft.rfft(away * np.hanning(x.shape[2]), axis=2)) ** 2
    hz = np.fft.rfftfreq(x.shape[2], 1 / rate)
    bands = [np.log(power[:, :, (hz >= a) & (hz < b)].sum(axis=2) + 1e-2) for a, b in zip(EDGES, EDGES[1:])]
    alike = np.einsum("nit,njt->nij", away / spread[..., None], away / spread[..., None]) / x.shape[2]
    steps, peak = (np.log(np.abs(v).max(axis=2) + 1e-2) for v in (np.diff(away, axis=2), away))
    return np.concatenate([mean, np.log(spread), np.arcsinh(quantiles).reshape(len(x), -1), *bands,
                           alike[:, *np.triu_indices(8, 1)], steps, peak], axis=1)


def labelled(folder):
    """Features, class names and (file, sequence) of every window of a folder of shards."""
    all_x, labels, places = [], [], []
    for path in sorted(folder.glob("*.h5")):
        with h5py.File(path) as shard:
            length = int(shard["windows"].attrs["imu_length"])
            signals = [np.where(v[:] == v.attrs["_FillValue"], np.nan, v[:] * v.attrs["scale_factor"])
                       for v in (shard["imu/accel"], shard["imu/gyro"])]
            x = np.stack([np.concatenate([s[i:i + length] for s in signals], axis=1).T
                          for i in shard["windows/imu_start"][:]])
            all_x.append(features(x, length / shard["windows"].attrs["length_s"]))
            names = np.array(list(shard["classes"].attrs["names"]) + ["none"])  # -1: the last
            labels.append(names[shard["windows/class_id"][:]])
            places += [(path.name, int(s)) for s in shard["windows/sequence"][:]]
    return np.concatenate(all_x), np.concatenate(labels), places


def unlabelled(folder):
    all_x = []
    for file in json.loads((folder / "manifest.json").read_text())["files"]:
        with h5py.File(folder / file["file"]) as windows:
            imu = windows["imu"]
            x = np.where(imu[:] == imu.attrs["_FillValue"], np.nan, imu[:] * imu.attrs["scale_factors"][:, None])
            all_x.append(features(x, imu.attrs["rate_hz"]))
    return np.concatenate(all_x)


def unit(rows):
    return rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9)


def regression(x, label, ridge):
    """From features to attributes; every class weighs the same."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    prepared = lambda x: np.column_stack([np.clip((x - mean) / spread, -5, 5), np.ones(len(x))])
    weight = 1 / np.bincount(label)[label]
    p = prepared(x) * (weight * len(x) / weight.sum())[:, None]
    w = np.linalg.solve(p.T @ prepared(x) + ridge * np.eye(p.shape[1]), p.T @ target[label])
    return lambda x: prepared(x) @ w


def trained(x, label, ridge):
    """The same with attributes weighed by how well they are told of classes left out, four at once."""
    classes = np.random.default_rng(1).permutation(np.unique(label))
    told = np.zeros_like(target)
    for part in (classes[i::4] for i in range(4)):
        out = np.isin(label, part)
        said = regression(x[~out], label[~out], ridge)(x[out])
        for c in part:
            told[c] = said[label[out] == c].mean(axis=0)
    a, b = (v[classes] - v[classes].mean(axis=0) for v in (told, target))
    weight = np.maximum((unit(a.T) * unit(b.T)).sum(axis=1), 0.01)  # correlations
    predict = regression(x, label, ridge)
    return lambda x: predict(x) * weight, unit(target * weight)


def recall(label, said, of):
    return np.mean([(said[label == c] == c).mean() for c in of if (label == c).any()])


about, fold = (json.loads(path.read_text()) for path in (
    arguments.set / "test/classes.json", source / f"folds/fold-{arguments.fold}.json"))
names = [c["name"] for c in about["classes"]]
declared = np.array([c.get("attributes", [-1] * len(about["attributes"])) for c in about["classes"]], float)
declared[declared == about["undeclared"]] = np.nan
kept = np.isin(names, [c["name"] for c in fold["unseen_validation"]])  # for validation: not trained on
seen = np.isin(names, fold["seen"])
spread = np.maximum(np.nanstd(declared[seen], axis=0), 0.1 * np.nanstd(declared, axis=0) + 1e-3)
target = np.nan_to_num(np.clip((declared - np.nanmean(declared[seen], axis=0)) / spread, -3, 3))
ids = {name: i for i, name in enumerate(names)}

x, label, places = labelled(source / "train")
label = np.array([ids.get(name, -1) for name in label])
allowed = np.array([sequence in fold["train"].get(file, []) for file, sequence in places])
of_seen = allowed & (label >= 0) & seen[label]
val_x, val_label, _ = labelled(source / "validation")
val_label = np.array([ids.get(name, -1) for name in val_label])
known = (val_label >= 0) & (seen | kept)[val_label]
val_x, val_label = val_x[known], val_label[known]
candidates, choices = np.flatnonzero(seen | kept), []
for ridge in RIDGES:
    predict, prototypes = trained(x[of_seen], label[of_seen], ridge)
    alike = unit(predict(val_x)) @ prototypes.T
    among = np.flatnonzero(kept)[alike[:, kept].argmax(axis=1)]
    choices.append((recall(val_label, among, among_ids := np.flatnonzero(kept)), ridge, predict, prototypes, alike))
_, ridge, predict, prototypes, alike = max(choices, key=lambda choice: choice[0])


def harmonic(handicap):
    said = candidates[(alike - handicap * seen)[:, candidates].argmax(axis=1)]
    return 2 / sum(1 / max(recall(val_label, said, np.flatnonzero(of)), 1e-9) for of in (seen, kept))


def surprise(warmth):
    p = ((alike - handicap * seen) / warmth)[:, candidates]
    return np.mean(np.log(np.exp(p).sum(axis=1)) - ((alike - handicap * seen) / warmth)[range(len(alike)), val_label])


handicap = max(HANDICAPS, key=harmonic)
warmth = min(WARMTHS, key=surprise)
test = predict(unlabelled(arguments.set / "test"))
for name in set(names) - set(fold["seen"]):
    if about["classes"][ids[name]].get("null"):  # no attributes: like what has no label in train
        seen[ids[name]], prototypes[ids[name]] = True, unit(predict(x[allowed & (label == ids[name])]).mean(axis=0))
with open(arguments.set / "test/windows.csv", newline="", encoding="utf-8") as file:
    windows = [row["window"] for row in csv.DictReader(file)]
rows, predicted = dict(zip(windows, unit(test) @ prototypes.T - handicap * seen)), dict(zip(windows, test))

few_shot = arguments.set / "test/few-shot.json"
episodes = [one["episodes"] for one in json.loads(few_shot.read_text())["folds"]
            if one["fold"] == arguments.fold] if few_shot.exists() else [[]]
mine = {place: [] for place in places}
for i, place in enumerate(places):
    mine[place].append(i)
all_told = unit(predict(x)) if fold["few_shot"] else None
for asked, shown in zip(episodes[0], fold["few_shot"]):
    known = prototypes.copy()
    for name, supports in shown["supports"].items():
        told = [all_told[[i for i in mine[s["file"], s["sequence"]] if label[i] == ids[name]]].mean(axis=0)
                for s in supports]
        known[ids[name]] = unit(prototypes[ids[name]] + np.sum(told, axis=0))
    for window in asked["windows"]:
        predicted[window] = predicted[window.rsplit("/", 1)[0]]
        rows[window] = unit(predicted[window]) @ known.T - handicap * seen


def write(path, columns, values):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["window", *columns])
        out.writerows([window, *(f"{value:.5g}" for value in row)] for window, row in values.items())


write(arguments.out, names, {window: row / warmth for window, row in rows.items()})
if arguments.attributes:
    binary = [i for i, a in enumerate(about["attributes"]) if a["kind"] == "binary"]
    write(arguments.attributes, [about["attributes"][i]["name"] for i in binary],
          {window: row[binary] for window, row in predicted.items()})
print(f"ridge {ridge}, handicap {handicap:.2f}, warmth {warmth}; {kept.sum()} unseen classes of validation: "
      f"{max(choice[0] for choice in choices):.3f} right of chance {1 / kept.sum():.3f}")
