# SPDX-License-Identifier: Apache-2.0
"""Simple features of windows, of shards with labels and of a test side without; ridge regression; files of scores."""
import csv
import json

import h5py
import numpy as np

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


def regression(x, label, target, ridge):
    """From features to attributes; every class weighs the same."""
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    prepared = lambda x: np.column_stack([np.clip((x - mean) / spread, -5, 5), np.ones(len(x))])
    weight = 1 / np.bincount(label)[label]
    p = prepared(x) * (weight * len(x) / weight.sum())[:, None]
    w = np.linalg.solve(p.T @ prepared(x) + ridge * np.eye(p.shape[1]), p.T @ target[label])
    return lambda x: prepared(x) @ w


def recall(label, said, of):
    """Mean over the classes `of` that occur."""
    return np.mean([(said[label == c] == c).mean() for c in of if (label == c).any()])


def write(path, columns, values):
    with open(path, "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["window", *columns])
        out.writerows([window, *(f"{value:.5g}" for value in row)] for window, row in values.items())
