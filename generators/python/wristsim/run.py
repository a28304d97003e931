# SPDX-License-Identifier: Apache-2.0
"""Datasets made and described, as the program `wristsim` does."""
from __future__ import annotations

import json
import os
import warnings
from typing import Any, Callable, Optional, Union

from . import _wristsim
from ._native import Overrides, open_recipe

PathLike = Union[str, "os.PathLike[str]"]


def generate(recipe: PathLike, out: PathLike, set: Overrides = (), jobs: Optional[int] = None,
             force: bool = False, progress: Optional[Callable[[int, int], Any]] = None) -> dict[str, Any]:
    """Makes the dataset in folder `out` and returns the run report. Complete shards are kept.

    jobs: threads, by default one per core; the data are the same for any number.
    force: make every shard anew, also those of another recipe.
    progress: called now and then with recordings done and in all. Ctrl-C ends the run cleanly.

    Recordings that could not be made are left out, listed under "failures", and warned of.
    """
    threads = jobs or len(os.sched_getaffinity(0))
    text = open_recipe(recipe, set).generate(os.fspath(out), threads, force, progress)
    report = json.loads(text)
    if report["failures"]:
        first = report["failures"][0]
        warnings.warn(f"{len(report['failures'])} recordings could not be made; the first, "
                      f"{first['index']}: {first['error']}", stacklevel=2)
    return report


def plan(recipe: PathLike, set: Overrides = ()) -> dict[str, Any]:
    """What the recipe will make: recordings, shards, duration_s, bytes, classes, subjects, ..."""
    return json.loads(open_recipe(recipe, set).plan())


def inspect(path: PathLike) -> dict[str, Any]:
    """What the shards of a dataset say of themselves: {"shards": [...]}."""
    from ._index import find_shards
    return {"shards": [json.loads(_wristsim.inspect(file)) for file in find_shards(path)]}


def keep_memory() -> None:
    """Lets this process keep the memory that recordings are made in, instead of giving it back to
    the system every time: a quarter more recordings per second. The workers of a
    wristsim.torch.WindowStream do it by themselves. Never undone."""
    _wristsim.keep_memory()
