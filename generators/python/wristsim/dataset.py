# SPDX-License-Identifier: Apache-2.0
"""Shards on disk as a sequence of labelled windows."""
from __future__ import annotations

import os
from collections import OrderedDict
from typing import Any, Iterator, Optional, Sequence, Union

import numpy as np

from ._error import Error
from ._index import Index, PathLike, find_shards, need, open_shard, read_index
from ._signals import channel_paths, check_dropped, cut, flagged, put_physical

STREAMS = ("windows", "recordings")
PAGE_ROWS = 16384     # rows read at once; 16 chunks of each channel
MOST_OPEN = 64        # shards; a process may not have many files open
SHUFFLE_PAGES = 32    # pages whose windows are shuffled together

Item = dict  # "x", "label", "subject", "sequence", "start", "purity" and perhaps "mask"


class Dataset:
    """Windows of a dataset, read from disk as they are asked for.

    path: folder, shard, glob, or a list of them.
    stream: "windows", or "recordings" (whole ones, each as long as it is).
    split: "train", "validation", "test", or None for everything. No person is in two splits.
    channels: datasets of one clock: "accel" is "imu/accel"; also "truth/clean_accel", "optical/counts", ...
    classes: only these, and label is the position in this list; None: all, unlabelled as -1.
    length: samples per window instead of the shards' own; windows that would end after their
        recording are left out.
    dropped: samples lost on the way are NaN in every channel ("nan"), or 0 with an entry "mask" that
        is False ("mask").
    minimum_purity: the least share of a window's samples that must be of its class.
    cache: bytes of signals kept in memory, per process.

    ds[i] is a dict: x float32 [T, C], SI units (m s-2, rad s-1); label; subject, position in
    ds.subjects; sequence, number of the recording; start, samples since it began; purity. ds[i:j]
    and ds[array] are the same with a first axis more. Works as a torch Dataset of map style; files
    are opened in the process that reads, and it pickles. One thread per object.
    """

    def __init__(self, path: Union[PathLike, Sequence[PathLike]], stream: str = "windows",
                 split: Optional[str] = "train", channels: Sequence[str] = ("accel", "gyro"),
                 classes: Optional[Sequence[str]] = None, length: Optional[int] = None, *,
                 dropped: str = "nan", minimum_purity: float = 0.0, cache: int = 256 << 20):
        check_dropped(dropped)
        if stream not in STREAMS:
            raise Error("usage", f'stream: expected "windows" or "recordings", found {stream!r}')
        self._paths, self._clock = channel_paths(channels)
        self._dropped, self._cache_bytes = dropped, cache
        self._index = read_index(find_shards(path), stream, split, self._clock)
        if length is not None and stream == "windows":
            self._resize(length)
        self._keep(self._index.purity >= minimum_purity)
        self.classes: list[str] = self._choose(classes)
        self._columns = self._check_channels()
        self._pages = self._plan_pages()
        self._forget()

    subjects = property(lambda self: self._index.subjects, doc="Ids of people.")
    rate_hz = property(lambda self: self._index.rate_hz, doc="Nominal samples per second.")
    files = property(lambda self: list(self._index.files), doc="The shards.")
    labels = property(lambda self: self._index.label, doc="Of every item, without reading it.")

    def __len__(self) -> int:
        return len(self._index.row)

    def __getitem__(self, at: Union[int, slice, Sequence[int], np.ndarray]) -> Item:
        if isinstance(at, slice):
            return self._batch(np.arange(len(self))[at])
        if isinstance(at, (list, np.ndarray)):
            return self._batch(np.asarray(at, dtype=np.int64))
        size = len(self)
        if not -size <= at < size:
            raise IndexError(f"item {at} of {size}")
        at = int(at) % size
        one = self._windows(np.array([at]))
        return {**{k: v[0] for k, v in one.items()}, **self._about(at)}

    def __iter__(self) -> Iterator[Item]:
        return (self[i] for i in range(len(self)))

    def batches(self, size: int, shuffle: Optional[int] = None, drop_last: bool = False) -> Iterator[Item]:
        """Batches of `size` in order, or in order(shuffle)."""
        order = np.arange(len(self)) if shuffle is None else self.order(shuffle)
        for first in range(0, len(order) - (size - 1 if drop_last else 0), size):
            yield self._batch(order[first:first + size])

    def order(self, seed: int) -> np.ndarray:
        """Every item once, shuffled so that reading stays cheap: pages of about 16 000 rows in a
        drawn order, items within each 32 of them. Also a `sampler` for a torch DataLoader."""
        random = np.random.default_rng(seed)
        pages = self._pages["of"][self._index.sequence]
        place = random.permutation(len(self._pages["first"]))[pages] // SHUFFLE_PAGES
        return np.lexsort((random.random(len(self)), place))

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k not in ("_open", "_kept", "_bytes", "_pid")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._forget()

    # Choosing.

    def _keep(self, keep: np.ndarray) -> None:
        for name in ("shard", "row", "count", "start", "label", "subject", "sequence", "index", "purity"):
            setattr(self._index, name, getattr(self._index, name)[keep])

    def _resize(self, length: int) -> None:
        if length < 1:
            raise Error("usage", f"length: expected samples, at least 1, found {length}")
        self._index.length = length
        self._index.count = np.full_like(self._index.count, length)
        self._keep(self._index.start + length <= self._index.rows[self._index.sequence])

    def _choose(self, classes: Optional[Sequence[str]]) -> list[str]:
        known = self._index.classes
        if classes is None:
            return list(known)
        unknown = [name for name in classes if name not in known]
        if unknown:
            raise Error("usage", f"classes: expected some of {', '.join(known)}, found {unknown[0]!r}")
        position = np.array([list(classes).index(k) if k in classes else -1 for k in known] + [-1])
        self._index.label = position[self._index.label]
        self._keep(self._index.label >= 0)
        return list(classes)

    def _check_channels(self) -> list[int]:
        """How many columns each channel has, the same in every shard."""
        widths: dict[str, list[int]] = {}
        for name in self._index.files:
            with open_shard(name) as file:
                widths[name] = [int(np.prod(need(file, path).shape[1:])) for path in self._paths]
        first = widths[self._index.files[0]]
        for name, found in widths.items():
            if found != first:
                raise Error("bad_data", f"{name}: {', '.join(self._paths)}: expected {first} columns as in "
                            f"{self._index.files[0]}, found {found}")
        return first

    # Reading.

    def _plan_pages(self) -> dict[str, np.ndarray]:
        """Recordings that lie one after the other, read together."""
        of, first, last, shard = [], [], [], []
        for s, row, count in zip(self._index.recording_shard, self._index.first_row, self._index.rows):
            if not first or s != shard[-1] or row + count - first[-1] > PAGE_ROWS:
                first.append(row), last.append(row), shard.append(s)
            last[-1] = row + count
            of.append(len(first) - 1)
        return {"of": np.array(of), "first": np.array(first), "last": np.array(last), "shard": np.array(shard)}

    def _forget(self) -> None:
        self._pid, self._bytes = os.getpid(), 0
        self._open: dict[int, list[tuple[Any, dict[str, Any]]]] = {}
        self._kept: OrderedDict[int, tuple[np.ndarray, np.ndarray]] = OrderedDict()

    def _opened(self, shard: int) -> list[tuple[Any, dict[str, Any]]]:
        """Its channels and, last, flags: each dataset with its attributes, looked up once."""
        if shard not in self._open:
            if len(self._open) >= MOST_OPEN:
                self._open.pop(next(iter(self._open)))[0][0].file.close()
            file = open_shard(self._index.files[shard])
            sets = [need(file, path) for path in [*self._paths, self._clock + "/flags"]]
            self._open[shard] = [(one, dict(one.attrs)) for one in sets]
        return self._open[shard]

    def _page(self, page: int) -> tuple[np.ndarray, np.ndarray]:
        """Signal float32 [rows, C] and which samples there are, from memory or disk."""
        if self._pid != os.getpid():  # forked: what the parent opened is the parent's
            self._forget()
        if page in self._kept:
            self._kept.move_to_end(page)
            return self._kept[page]
        read = self._kept[page] = self._read(page)
        self._bytes += read[0].nbytes
        while self._bytes > self._cache_bytes and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1][0].nbytes
        return read

    def _read(self, page: int) -> tuple[np.ndarray, np.ndarray]:
        first, last = int(self._pages["first"][page]), int(self._pages["last"][page])
        *channels, (flags, meanings) = self._opened(int(self._pages["shard"][page]))
        signal = np.empty((last - first, sum(self._columns)), np.float32)
        at = 0
        for (channel, attributes), columns in zip(channels, self._columns):
            put_physical(signal[:, at:at + columns], channel[first:last], attributes)
            at += columns
        return signal, ~flagged(flags[first:last], meanings, "dropped")

    def _windows(self, at: np.ndarray) -> dict[str, np.ndarray]:
        """Of items of one page."""
        page = int(self._pages["of"][self._index.sequence[at[0]]])
        signal, there = self._page(page)
        length = self._index.length or int(self._index.count[at[0]])
        return cut(signal, there, self._index.row[at] - self._pages["first"][page], length, self._dropped)

    def _batch(self, at: np.ndarray) -> Item:
        if not self._index.length and len(at) > 1:
            raise Error("usage", "stream \"recordings\": expected one at a time, for their lengths differ")
        batch = self._empty(len(at))
        pages = self._pages["of"][self._index.sequence[at]]
        for page in np.unique(pages):
            mine = np.flatnonzero(pages == page)
            for key, values in self._windows(at[mine]).items():
                batch[key][mine] = values
        return {**batch, **self._about(at)}

    def _empty(self, size: int) -> dict[str, np.ndarray]:
        shape = (size, self._index.length)
        batch = {"x": np.empty((*shape, sum(self._columns)), np.float32)}
        return {**batch, "mask": np.empty(shape, bool)} if self._dropped == "mask" else batch

    def _about(self, at: Any) -> dict[str, Any]:
        index: Index = self._index
        about = {"label": index.label[at], "subject": index.subject[at], "sequence": index.sequence[at],
                 "start": index.start[at], "purity": index.purity[at]}
        return {k: v.item() for k, v in about.items()} if isinstance(at, int) else about
