# SPDX-License-Identifier: Apache-2.0
"""What lies where in the shards of a dataset: their tables, joined. Holds no open file."""
from __future__ import annotations

import glob
import os
import pathlib
from dataclasses import dataclass
from typing import Any, Optional, Sequence, Union

import h5py
import numpy as np

from ._error import Error

PathLike = Union[str, "os.PathLike[str]"]


def find_shards(path: Union[PathLike, Sequence[PathLike]]) -> list[str]:
    """The shards of a folder, a file, a glob or a list of any of them, in order of their names."""
    if not isinstance(path, (str, os.PathLike)):
        return [file for one in path for file in find_shards(one)]
    if pathlib.Path(path).is_dir():
        files = glob.glob(os.path.join(glob.escape(os.fspath(path)), "*.h5"))
    else:
        files = [os.fspath(path)] if os.path.exists(path) else glob.glob(os.fspath(path))
    if not files:
        raise Error("io", f"{path}: expected shards (*.h5), found none")
    return sorted(files)


def open_shard(file: str) -> h5py.File:
    """Opened for reading. Raises Error unless it is a finished shard of schema 1."""
    try:
        shard = h5py.File(file, "r")
    except OSError as error:
        raise Error("io", f"{file}: cannot be read: {error}") from None
    version = shard.attrs.get("schema_version")
    if version is None:
        raise Error("bad_data", f"{file}: expected a wristsim shard, found another HDF5 file")
    if version != 1 or shard.attrs.get("complete") != 1:
        raise Error("bad_data", f"{file}: expected a complete shard of schema 1, found schema {version}, "
                    f"complete {shard.attrs.get('complete')}")
    return shard


def _names(group: h5py.Group) -> list[str]:
    """Without dimension scales, which hold no values."""
    return [name for name in group if group[name].attrs.get("CLASS") != b"DIMENSION_SCALE"]


def need(file: h5py.File, path: str) -> Any:
    """The dataset or group of that path; Error naming what there is."""
    if path in file:
        return file[path]
    group, _, name = path.rpartition("/")
    there = file[group] if group in file else file
    names = _names(there)
    raise Error("bad_data", f"{file.filename}: /{path}: expected it, found none; /{group if group in file else ''}"
                f" holds {', '.join(names)}")


@dataclass
class Index:
    """One row per window (or recording), over all shards."""
    files: list[str]
    classes: list[str]
    subjects: list[str]
    length: int              # rows of every window; 0: recordings, each as long as it is
    rate_hz: float
    shard: np.ndarray        # int32
    row: np.ndarray          # int64; first row in the shard
    count: np.ndarray        # int64; rows
    start: np.ndarray        # int64; rows since the recording began
    label: np.ndarray        # int64; position in classes, -1 unlabelled
    subject: np.ndarray      # int64; position in subjects
    sequence: np.ndarray     # int64; number of the recording, counted over all shards
    index: np.ndarray        # int64; of the recording in its recipe
    purity: np.ndarray       # float32
    first_row: np.ndarray    # int64; per recording: its first row in its shard
    rows: np.ndarray         # int64; per recording
    recording_shard: np.ndarray  # int32; per recording


def _join(names: list[str], more: Sequence[str]) -> np.ndarray:
    """Adds names that are new; returns where each of `more` stands, and -1 for id -1."""
    for name in more:
        if name not in names:
            names.append(name)
    return np.array([names.index(name) for name in more] + [-1], dtype=np.int64)


def _split_ids(file: h5py.File, split: Optional[str]) -> Optional[np.ndarray]:
    if split is None:
        return None
    if split not in need(file, "splits"):
        raise Error("usage", f"split: expected one of {', '.join(_names(file['splits']))} or None, found {split!r}")
    return file[f"splits/{split}"][:]


def _read_shard(file: h5py.File, stream: str, split: Optional[str], clock: str) -> dict[str, np.ndarray]:
    read = lambda name: need(file, name)[:]
    first, rows = read(f"sequences/{clock}_start"), read(f"sequences/{clock}_count")
    found: dict[str, Any] = {"first_row": first, "rows": rows}
    if stream == "windows":
        sequence, row = read("windows/sequence").astype(np.int64), read(f"windows/{clock}_start")
        found.update(label=read("windows/class_id"), purity=read("windows/purity"),
                     count=np.full(len(row), need(file, "windows").attrs[f"{clock}_length"]))
    else:
        sequence, row = np.arange(len(first)), first
        found.update(label=read("sequences/class_id"), purity=np.ones(len(first), np.float32), count=rows)
    found.update(sequence=sequence, row=row, start=row - first[sequence],
                 subject=read("sequences/subject")[sequence],
                 index=read("sequences/index").astype(np.int64)[sequence])
    keep = _split_ids(file, split)
    found["keep"] = np.ones(len(row), bool) if keep is None else np.isin(sequence, keep)
    return found


def read_index(files: list[str], stream: str, split: Optional[str], clock: str) -> Index:
    """Reads the tables of every shard and closes it again."""
    classes: list[str] = []
    subjects: list[str] = []
    parts, rates, sequences = [], set(), 0
    for number, name in enumerate(files):
        with open_shard(name) as file:
            part = _read_shard(file, stream, split, clock)
            part["label"] = _join(classes, list(need(file, "classes").attrs["names"]))[part["label"]]
            part["subject"] = _join(subjects, list(need(file, "vocab").attrs["subjects"]))[part["subject"]]
            part["sequence"] = part["sequence"] + sequences
            part["shard"] = np.full(len(part["row"]), number, np.int32)
            part["recording_shard"] = np.full(len(part["rows"]), number, np.int32)
            sequences += len(part["rows"])
            rates.add(float(need(file, clock).attrs["rate_hz"]))
            parts.append(part)
    if len(rates) > 1:
        raise Error("usage", f"{files[0]} and others: expected one rate of /{clock}, found "
                    f"{', '.join(f'{r:g}' for r in sorted(rates))} Hz; read the shards of each watch by themselves")
    keep = np.concatenate([part["keep"] for part in parts])
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0] if key != "keep"}
    for key in ("label", "subject", "sequence", "row", "count", "start", "index", "purity", "shard"):
        joined[key] = joined[key][keep]
    length = int(joined["count"][0]) if stream == "windows" and len(joined["count"]) else 0
    return Index(files, classes, subjects, length, rates.pop(), **joined)
