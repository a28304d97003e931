# SPDX-License-Identifier: Apache-2.0
"""Recordings made in process, without end."""
from __future__ import annotations

import itertools
import json
import os
from typing import Any, Iterator, Optional, Sequence, Union

import numpy as np

from ._error import Error
from ._native import Overrides, open_recipe
from ._signals import channel_paths, check_dropped, cut, flagged, put_physical

PathLike = Union[str, "os.PathLike[str]"]


class Recording:
    """One recording: what a shard would hold of it.

    arrays: every dataset by path ("imu/accel", "truth/...", "imu/class_id", "windows/imu_start"), as
        stored; views that share the recording's memory and keep it alive.
    index, scenario (every drawn value), labels, events, classes, attributes (by path).
    """

    def __init__(self, native: Any):
        about = json.loads(native.about())
        self.arrays: dict[str, np.ndarray] = native.arrays()
        self.index: int = about["index"]
        self.scenario: dict[str, Any] = about["scenario"]
        self.labels: list[dict[str, Any]] = about["labels"]
        self.events: list[dict[str, Any]] = about["events"]
        self.classes: list[str] = about["classes"]
        self.attributes: dict[str, dict[str, Any]] = about["attributes"]

    def signal(self, channels: Sequence[str] = ("accel", "gyro")) -> np.ndarray:
        """float32 [T, C], SI units; samples lost on the way are NaN. Channels as of Dataset."""
        paths, clock = channel_paths(channels)
        for path in paths:
            if path not in self.arrays:
                names = [p for p in self.arrays if p.split("/")[0] == path.split("/")[0]]
                raise Error("usage", f"channels: recording {self.index} has no {path}; it has {', '.join(names)}")
        widths = [self.arrays[path][:1].size for path in paths]
        signal = np.empty((len(self.arrays[paths[0]]), sum(widths)), np.float32)
        for path, end, width in zip(paths, np.cumsum(widths), widths):
            put_physical(signal[:, end - width:end], self.arrays[path], self.attributes[path])
        signal[~self.there(clock)] = np.nan
        return signal

    def there(self, clock: str = "imu") -> np.ndarray:
        """bool [T]: False where a sample was lost on the way."""
        path = clock + "/flags"
        return ~flagged(self.arrays[path], self.attributes[path], "dropped")

    def windows(self, channels: Sequence[str] = ("accel", "gyro"), dropped: str = "nan") -> dict[str, np.ndarray]:
        """Its windows, as Dataset[i:j] has them but for subject: x, label, start, purity."""
        check_dropped(dropped)
        clock = channel_paths(channels)[1]
        start = self.arrays[f"windows/{clock}_start"].astype(np.int64)
        length = self.attributes["windows"][clock + "_length"]
        return {**cut(self.signal(channels), self.there(clock), start, length, dropped), "start": start,
                "label": self.arrays["windows/class_id"].astype(np.int64),
                "purity": self.arrays["windows/purity"]}


class Stream:
    """Recordings of a recipe, one after the other, also beyond its own count: the people, watches
    and classes are the recipe's, everything else is drawn anew for every index.

    start, stop: indices; stop None: endless.
    set: overrides, ["seed=7"] or {"seed": 7}.
    errors: of a recording that cannot be made: "raise" Error with its index, or "skip" and count
        it in `skipped`.

    Recording i depends on recipe and i alone. Every iteration begins at `start`, or at the state
    that was loaded. Pickles; the recipe is then read again where it is used.
    """

    def __init__(self, recipe: PathLike, set: Overrides = (), start: int = 0, stop: Optional[int] = None, *,
                 errors: str = "raise"):
        if errors not in ("raise", "skip"):
            raise Error("usage", f'errors: expected "raise" or "skip", found {errors!r}')
        if start < 0 or (stop is not None and stop < start):
            raise Error("usage", f"start, stop: expected 0 <= start <= stop, found {start}, {stop}")
        self._arguments = (os.fspath(recipe), set)
        self._open()
        self.start, self.stop, self.errors = start, stop, errors
        self.begin = start       # where iterating begins
        self.next_index = start  # what comes next, where it has got to
        self.skipped = 0

    def _open(self) -> None:
        self._native = open_recipe(*self._arguments)
        plan = json.loads(self._native.plan())
        self.classes: list[str] = plan["classes"]
        self.subjects: list[str] = plan["subjects"]
        self.recipe_sha256: str = self._native.sha256()

    def __getitem__(self, index: int) -> Recording:
        """The recording of that index, wherever the stream is."""
        if index < 0:
            raise IndexError(f"recording {index}: expected 0 or more")
        try:
            return Recording(self._native.record(index))
        except Error as error:
            raise Error(error.kind, f"recording {index}: {error}", index) from None

    def __iter__(self) -> Iterator[Recording]:
        return self.strided(0, 1)

    def strided(self, worker: int, workers: int) -> Iterator[Recording]:
        """Those with (index - start) % workers == worker."""
        first = self.begin + (worker - (self.begin - self.start)) % workers
        for index in itertools.count(first, workers):
            if self.stop is not None and index >= self.stop:
                return
            self.next_index = index + 1
            try:
                recording = self[index]
            except Error:
                if self.errors == "raise":
                    raise
                self.skipped += 1
                continue
            yield recording

    def windows(self, recording: Recording, channels: Sequence[str] = ("accel", "gyro"),
                dropped: str = "nan") -> dict[str, np.ndarray]:
        """Its windows, exactly as Dataset[i:j] would have them; sequence is the recording's index."""
        batch = recording.windows(channels, dropped)
        count = len(batch["start"])
        subject = self.subjects.index(recording.scenario["subject_id"])
        return {**batch, "subject": np.full(count, subject), "sequence": np.full(count, recording.index)}

    def state_dict(self) -> dict[str, Any]:
        return {"next_index": self.next_index, "recipe_sha256": self.recipe_sha256}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes on from there. Raises Error if the state is another recipe's."""
        if state["recipe_sha256"] != self.recipe_sha256:
            raise Error("usage", f"state: expected one of recipe {self.recipe_sha256[:12]}, found "
                        f"{state['recipe_sha256'][:12]}")
        self.begin = self.next_index = int(state["next_index"])

    def __getstate__(self) -> dict[str, Any]:
        return {k: v for k, v in self.__dict__.items() if k != "_native"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._open()
