# SPDX-License-Identifier: Apache-2.0
"""What the tests of the module share."""
import hashlib
import pathlib
import tempfile

import numpy as np

import wristsim

SOURCE = pathlib.Path(__file__).resolve().parents[2]
RECIPE = SOURCE / "assets/recipes/quickstart.toml"
# Short and cheap; every class and person twice; samples are lost on the way.
SMALL = {"duration": "12 s", "fidelity": "ideal", "recordings": 24, "shards": 2,
         "devices.watch": "generic_bursts_50hz"}


def small_dataset():
    """A folder object with a dataset in it; it goes away with the object."""
    folder = tempfile.TemporaryDirectory()
    wristsim.generate(RECIPE, folder.name, SMALL, jobs=2)
    return folder


def digest(item):
    """SHA-256 of a window or a batch: every entry, bit by bit; numbers as arrays of their type."""
    sha = hashlib.sha256()
    for key in sorted(item):
        value = np.asarray(item[key])
        value = value.astype(np.float32) if value.dtype.kind == "f" else value
        sha.update(key.encode() + np.ascontiguousarray(value).tobytes())
    return sha.hexdigest()
