# SPDX-License-Identifier: Apache-2.0
"""Every format read back equal to the shards' own values, by h5py, numpy, tarfile, csv and json.

Usage: export_check.py FORMAT DATASET EXPORTED
"""
import csv
import io
import json
import pathlib
import sys
import tarfile

try:
    import h5py
    import numpy as np
except ImportError as error:
    print("SKIPPED:", error, file=sys.stderr)
    sys.exit(77)

GRAVITY = 9.80665


def shards(folder):
    for path in sorted(pathlib.Path(folder).glob("*.h5")):
        with h5py.File(path) as file:
            yield file


def counts(file):
    return np.hstack([file["imu/accel"][:], file["imu/gyro"][:]])


def si(file):
    """Counts times scale, lost ones NaN, as schema 1 says."""
    parts = []
    for name in ("imu/accel", "imu/gyro"):
        values = file[name][:].astype(np.float32) * np.float32(file[name].attrs["scale_factor"])
        values[file[name][:] == file[name].attrs["_FillValue"]] = np.nan
        parts.append(values)
    return np.hstack(parts)


def windows(folder, signal):
    """All windows of the dataset, from its tables."""
    for file in shards(folder):
        table, values, optical = file["windows"], signal(file), file["optical/counts"][:]
        length, optical_length = table.attrs["imu_length"], table.attrs["optical_length"]
        for w in range(len(table["sequence"])):
            i, o, s = table["imu_start"][w], table["optical_start"][w], table["sequence"][w]
            yield {"imu": values[i:i + length], "optical": optical[o:o + optical_length],
                   "label": table["class_id"][w], "purity": table["purity"][w],
                   "class": list(file["classes"].attrs["names"])[table["class_id"][w]],
                   "subject": list(file["vocab"].attrs["subjects"])[file["sequences/subject"][s]],
                   "sequence": file["sequences/index"][s], "start_ns": file["imu/t"][i]}


def check_windows(folder, out):
    expected = list(windows(folder, counts))
    with h5py.File(out) as file:
        assert set(file) == {"imu", "optical", "label", "subject", "sequence", "start_ns"}, list(file)
        # As Hugging Face datasets 4.1 and later ask for it.
        assert {dataset.shape[0] for dataset in file.values()} == {len(expected)}
        types = {name: dataset.dtype.str[1:] for name, dataset in file.items()}
        assert types == {"imu": "i2", "optical": "i4", "label": "i2", "subject": "i4",
                         "sequence": "i4", "start_ns": "i8"}, types
        for dataset in file.values():
            assert not h5py.h5ds.is_scale(dataset.id) and "DIMENSION_LIST" not in dataset.attrs
        names = list(file.attrs["subject_names"])
        for w, e in enumerate(expected):
            assert (file["imu"][w] == e["imu"].T).all() and (file["optical"][w] == e["optical"].T).all()
            assert file["label"][w] == e["label"] and names[file["subject"][w]] == e["subject"]
            assert file["sequence"][w] == e["sequence"] and file["start_ns"][w] == e["start_ns"]
            assert file.attrs["class_names"][file["label"][w]] == e["class"]
        assert (file["imu"][:] == file["imu"].attrs["_FillValue"]).any(), "nothing was lost"
        for shard in shards(folder):
            scales = [float(shard[name].attrs["scale_factor"]) for name in ("imu/accel", "imu/gyro")]
            assert (file["imu"].attrs["scale_factors"] == np.repeat(scales, 3)).all()
        assert list(file["imu"].attrs["units"]) == ["m s-2"] * 3 + ["rad s-1"] * 3
        assert "+9.81" in file.attrs["gravity_convention"]


def check_npy(folder, out):
    expected = list(windows(folder, si))
    meta = json.loads((out / "meta.json").read_text())
    x, y, pid = (np.load(out / name, mmap_mode="r") for name in ("X.npy", "Y.npy", "pid.npy"))
    assert isinstance(x, np.memmap) and x.dtype == np.float32 and y.dtype == pid.dtype == np.int64
    assert x.shape == (len(expected), len(expected[0]["imu"]), 6) and y.shape == pid.shape == x.shape[:1]
    for w, e in enumerate(expected):
        np.testing.assert_array_equal(x[w], e["imu"])
        assert meta["class_names"][y[w]] == e["class"] and meta["subject_names"][pid[w]] == e["subject"]
    assert np.isnan(x).any(), "nothing was lost"
    assert meta["rate_hz"] == 50 and meta["units"][0] == "m s-2" and meta["frame"] == "I"
    assert "+9.81" in meta["gravity_convention"] and meta["missing"] == "NaN"


def samples(out):
    """Files of every sample by key, as WebDataset groups them: neighbours of one key."""
    for path in sorted(out.parent.glob(out.name + "-*.tar")):
        assert path.stat().st_size % 10240 == 0
        with tarfile.open(path) as archive:
            members, group = archive.getmembers(), {}
            assert members[0].name.split(".")[0] == f"{int(path.stem[-6:]) * 7:09d}"
            for member in members:
                assert (member.mtime, member.uid, member.gid, member.mode) == (0, 0, 0, 0o644)
                assert member.isfile()
                key, name = member.name.split(".", 1)
                if group and group["key"] != key:
                    yield group
                    group = {}
                group["key"], group[name] = key, archive.extractfile(member).read()
            yield group


def check_webdataset(folder, out):
    expected, found = list(windows(folder, si)), list(samples(out))
    assert [s["key"] for s in found] == [f"{w:09d}" for w in range(len(expected))]
    lost = 0
    for sample, e in zip(found, expected):
        imu, facts = np.load(io.BytesIO(sample["imu.npy"])), json.loads(sample["json"])
        optical = np.load(io.BytesIO(sample["optical.npy"]))
        assert imu.dtype == np.float32 and optical.dtype == np.int32
        np.testing.assert_array_equal(imu, e["imu"])
        np.testing.assert_array_equal(optical, e["optical"])
        lost += np.isnan(imu).sum()
        for name in ("label", "class", "subject", "sequence", "start_ns", "purity"):
            assert facts[name] == e[name], (name, facts[name], e[name])
    assert lost > 0, "nothing was lost"


def rotate_back(q, v):
    """v in the axes of a frame of attitude q (w x y z): R^T v."""
    w, x, y, z = q.T
    r = np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                  [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                  [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])
    return np.einsum("ijn,i->nj", r, v)


def columns(rows, stem, unit, axes="XYZ"):
    return np.array([[float(row[f"{stem}{axis}({unit})"]) for axis in axes] for row in rows])


def check_log(file, s, out):
    start = file["sequences/imu_start"][s]
    rows_of = slice(start, start + file["sequences/imu_count"][s])
    values = si(file)[rows_of].astype(float)
    there = ~np.isnan(values).any(axis=1)
    name = f"recording-{file['sequences/index'][s]:06d}"
    with open(out / (name + ".csv"), newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == there.sum()
    assert all(len(row) == 23 and None not in row for row in rows)
    acceleration, user = columns(rows, "accelerometerAcceleration", "G"), columns(rows, "motionUserAcceleration", "G")
    gravity, rate = columns(rows, "motionGravity", "G"), columns(rows, "motionRotationRate", "rad/s")
    np.testing.assert_allclose(acceleration, -values[there, :3] / GRAVITY, rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(rate, values[there, 3:], rtol=1e-7, atol=1e-12)
    truth = file["truth/case_orientation"][rows_of][there].astype(float)
    assert file["imu"].attrs["angle_CI_rad"] == 0  # so that chip and case have the same axes
    np.testing.assert_allclose(gravity, rotate_back(truth, [0, 0, -1]), atol=1e-6)
    np.testing.assert_allclose(gravity + user, acceleration, atol=1e-7)
    np.testing.assert_allclose(columns(rows, "motionQuaternion", "R", "WXYZ"), truth, atol=1e-6)
    times = [round(float(row["motionTimestamp_sinceReboot(s)"]) * 1e9) for row in rows]
    np.testing.assert_allclose(times, file["imu/t_host"][rows_of][there], atol=1)
    ids, names = file["imu/class_id"][rows_of][there], list(file["classes"].attrs["names"])
    assert [row["label"] for row in rows] == [names[i] if i >= 0 else "unlabelled" for i in ids]
    return np.count_nonzero(~there), name


def check_events(file, s, out, name):
    events, table = json.loads((out / (name + ".events.json")).read_text()), file["events"]
    mine = np.flatnonzero(table["sequence"][:] == s)
    mine = mine[np.argsort(table["start_ns"][:][mine], kind="stable")]
    assert isinstance(events, list) and len(events) == len(mine) > 0
    for event, e in zip(events, mine):
        assert event["name"] == table.attrs["names"][table["class_id"][e]]
        assert abs(event["start_s"] - table["start_ns"][e] * 1e-9) < 1e-9
        assert abs(event["end_s"] - table["end_ns"][e] * 1e-9) < 1e-9
        assert event["source"] == table.attrs["sources"][table["source"][e]]
        assert event["confidence"] == table["confidence"][e]
        base = event["name"].split(":")[0]
        assert event["class"] == (base if base in file["classes"].attrs["names"] else None)


def check_sensorlog(folder, out):
    lost, recordings = 0, 0
    for file in shards(folder):
        for s in range(len(file["sequences/index"])):
            gone, name = check_log(file, s, out)
            check_events(file, s, out, name)
            lost, recordings = lost + gone, recordings + 1
    assert lost > 0, "nothing was lost"
    assert len(list(out.iterdir())) == 2 * recordings + 1
    assert "-1 on z" in json.loads((out / "meta.json").read_text())["acceleration"]


def check_still(_, out):
    """Of a watch that mostly rests, what is not gravity is little: wrong axes would leave 0.4 G and more."""
    logs = sorted(out.glob("*.csv"))
    for path in logs:
        with open(path, newline="") as text:
            rows = list(csv.DictReader(text))
        tilt = np.median(columns(rows, "motionGravity", "G")[:, :2], axis=0)
        assert np.linalg.norm(tilt) > 0.2, (path, tilt)
        rest = np.median(columns(rows, "motionUserAcceleration", "G"), axis=0)
        assert np.linalg.norm(rest) < 0.05, (path, rest)
    assert len(logs) == 3


CHECKS = {"windows": check_windows, "npy": check_npy, "webdataset": check_webdataset,
          "sensorlog": check_sensorlog, "still": check_still}
CHECKS[sys.argv[1]](sys.argv[2], pathlib.Path(sys.argv[3]))
