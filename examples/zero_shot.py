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

import numpy as np

from window_features import labelled, recall, regression, unit, unlabelled, write

arguments = argparse.ArgumentParser()
arguments.add_argument("set", type=pathlib.Path, help="folder with test/: an evaluation set or a stress suite")
arguments.add_argument("-o", "--out", required=True, help="CSV of class scores to write")
arguments.add_argument("--train", type=pathlib.Path, help="the set with train/, validation/ and folds/; else SET")
arguments.add_argument("--fold", type=int, default=0)
arguments.add_argument("--attributes", help="CSV of predicted attributes to write")
arguments = arguments.parse_args()
source = arguments.train or arguments.set
RIDGES, WARMTHS, HANDICAPS = (30, 100, 300, 1000), (0.05, 0.1, 0.15, 0.2, 0.3), np.arange(0, 0.31, 0.02)


def trained(x, label, ridge):
    """The same with attributes weighed by how well they are told of classes left out, four at once."""
    classes = np.random.default_rng(1).permutation(np.unique(label))
    told = np.zeros_like(target)
    for part in (classes[i::4] for i in range(4)):
        out = np.isin(label, part)
        said = regression(x[~out], label[~out], target, ridge)(x[out])
        for c in part:
            told[c] = said[label[out] == c].mean(axis=0)
    a, b = (v[classes] - v[classes].mean(axis=0) for v in (told, target))
    weight = np.maximum((unit(a.T) * unit(b.T)).sum(axis=1), 0.01)  # correlations
    predict = regression(x, label, target, ridge)
    return lambda x: predict(x) * weight, unit(target * weight)


about, fold = (json.loads(path.read_text()) for path in (
    source / "test/classes.json", source / f"folds/fold-{arguments.fold}.json"))
names = [c["name"] for c in about["classes"]]
declared = np.array([c.get("attributes", [-1] * len(about["attributes"])) for c in about["classes"]], float)
declared[declared == about["undeclared"]] = np.nan
kept = np.isin(names, fold["unseen_validation"])  # for validation: not trained on
seen = np.isin(names, fold["seen"])
spread = np.maximum(np.nanstd(declared[seen], axis=0), 0.1 * np.nanstd(declared, axis=0) + 1e-3)
target = np.nan_to_num(np.clip((declared - np.nanmean(declared[seen], axis=0)) / spread, -3, 3))
ids = {name: i for i, name in enumerate(names)}

x, label, places = labelled(source / "train")
label = np.array([ids.get(name, -1) for name in label])
trainable = {(part["shard"], sequence) for part in fold["train"] for sequence in part["sequences"]}
allowed = np.array([place in trainable for place in places])
of_seen = allowed & (label >= 0) & seen[label]
val_x, val_label, _ = labelled(source / "validation")
val_label = np.array([ids.get(name, -1) for name in val_label])
known = (val_label >= 0) & (seen | kept)[val_label]
val_x, val_label = val_x[known], val_label[known]
candidates, choices = np.flatnonzero(seen | kept), []
for ridge in RIDGES:
    predict, prototypes = trained(x[of_seen], label[of_seen], ridge)
    told = unit(predict(x[of_seen]))
    for c in np.unique(label[of_seen]):  # of a class that was seen, one knows more than its attributes
        prototypes[c] = unit(prototypes[c] + unit(told[label[of_seen] == c].mean(axis=0)))
    alike = unit(predict(val_x)) @ prototypes.T
    among = np.flatnonzero(kept)[alike[:, kept].argmax(axis=1)]
    choices.append((recall(val_label, among, np.flatnonzero(kept)), ridge, predict, prototypes, alike))
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
    none = allowed & (label == ids[name])
    if about["classes"][ids[name]].get("null") and none.any():  # like what has no label in train
        seen[ids[name]], prototypes[ids[name]] = True, unit(predict(x[none]).mean(axis=0))
with open(arguments.set / "test/windows.csv", newline="", encoding="utf-8") as file:
    windows = [row["window"] for row in csv.DictReader(file)]
rows, predicted = dict(zip(windows, unit(test) @ prototypes.T - handicap * seen)), dict(zip(windows, test))

told, mine, shown = unit(predict(x)), {}, {}  # few-shot: what the windows of each support look like
for i, place in enumerate(places):
    mine.setdefault(place, []).append(i)
for episode in fold["few_shot"]["supports"]:
    known = prototypes.copy()
    for name, supports in episode["classes"].items():
        looks = [told[[i for i in mine[s["shard"], s["sequence"]] if label[i] == ids[name]]] for s in supports]
        known[ids[name]] = unit(known[ids[name]] + sum(look.mean(axis=0) for look in looks if len(look)))
    shown[episode["shots"], episode["episode"]] = known
if source == arguments.set:
    with open(source / f"folds/fold-{arguments.fold}-queries.csv", newline="", encoding="utf-8") as file:
        for query in csv.DictReader(file):
            known = shown[int(query["shots"]), int(query["episode"])]
            predicted[query["row"]] = predicted[query["window"]]
            rows[query["row"]] = unit(predicted[query["row"]]) @ known.T - handicap * seen

asked = [c["name"] for c in json.loads((arguments.set / "test/classes.json").read_text())["classes"]]
columns = [ids[name] for name in asked]  # of a suite that has fewer
write(arguments.out, asked, {window: row[columns] / warmth for window, row in rows.items()})
if arguments.attributes:
    binary = [i for i, a in enumerate(about["attributes"]) if a["kind"] == "binary"]
    write(arguments.attributes, [about["attributes"][i]["name"] for i in binary],
          {window: row[binary] for window, row in predicted.items()})
print(f"ridge {ridge}, handicap {handicap:.2f}, warmth {warmth}; {kept.sum()} unseen classes of validation: "
      f"{max(choice[0] for choice in choices):.3f} right of chance {1 / kept.sum():.3f}")
