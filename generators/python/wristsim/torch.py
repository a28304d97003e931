# SPDX-License-Identifier: Apache-2.0
"""For PyTorch. `wristsim.Dataset` is a map-style dataset already and needs nothing from here."""
from __future__ import annotations

from typing import Any, Iterator, Optional, Sequence

import torch
import torch.utils.data

from ._error import Error
from ._native import Overrides
from .run import keep_memory
from .stream import PathLike, Stream


class WindowStream(torch.utils.data.IterableDataset):
    """Windows made as they are needed, for a DataLoader with any number of workers.

        loader = DataLoader(WindowStream("recipe.toml", stop=1000), batch_size=64, num_workers=2)

    Items are dicts as of wristsim.Dataset, x and the rest as tensors or numbers. by="window": one
    window each. by="recording": all windows of a recording at once, for batch_size=None; they then
    come in the order of the recordings whatever the number of workers.

    Worker w of n makes the recordings with (index - start) % n == w: the same windows, bit by bit,
    for any n. To resume, give start=, or the state_dict() of the process that iterates; a
    DataLoader's workers are other processes: there start= one past the last item["sequence"].
    """

    def __init__(self, recipe: PathLike, set: Overrides = (), start: int = 0, stop: Optional[int] = None, *,
                 channels: Sequence[str] = ("accel", "gyro"), by: str = "window", dropped: str = "nan",
                 errors: str = "raise"):
        if by not in ("window", "recording"):
            raise Error("usage", f'by: expected "window" or "recording", found {by!r}')
        self.stream = Stream(recipe, set, start, stop, errors=errors)
        self._cut = {"channels": tuple(channels), "dropped": dropped}
        self._by = by
        self._begin = self._window = 0  # of the first recording: the window to begin with; the next one

    classes = property(lambda self: self.stream.classes)
    subjects = property(lambda self: self.stream.subjects)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        info = torch.utils.data.get_worker_info()
        worker, workers = (info.id, info.num_workers) if info else (0, 1)
        if info:
            keep_memory()  # the worker is ours
        for recording in self.stream.strided(worker, workers):
            batch = {k: torch.from_numpy(v) for k, v in self.stream.windows(recording, **self._cut).items()}
            if self._by == "recording":
                yield batch
                continue
            count = len(batch["x"])
            first = self._begin if recording.index == self.stream.begin else 0
            for window in range(first, count):
                # The state names what comes next before this one is handed out.
                self._window = (window + 1) % count
                self.stream.next_index = recording.index + (window + 1 == count)
                yield {k: v[window] for k, v in batch.items()}

    def state_dict(self) -> dict[str, Any]:
        return {**self.stream.state_dict(), "window": self._window}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        self.stream.load_state_dict(state)
        self._begin = self._window = int(state["window"])
