# SPDX-License-Identifier: Apache-2.0
"""wristsim: what a watch on the wrist would record.

    import wristsim
    wristsim.generate("assets/recipes/quickstart.toml", "out/quickstart")   # shards on disk
    ds = wristsim.Dataset("out/quickstart", split="train")                  # windows of them
    ds[0]["x"], ds.classes[ds[0]["label"]]                                  # float32 [T, C], SI units
    for recording in wristsim.Stream("assets/recipes/quickstart.toml"): ... # in process, without end

`wristsim.torch.WindowStream` is a torch IterableDataset; nothing else here imports torch.
"""
from ._error import Error
from ._wristsim import commit as _commit, version as _version
from .dataset import Dataset
from .run import generate, inspect, keep_memory, plan
from .stream import Recording, Stream

version: str = _version()
commit: str = _commit()

__version__ = version
__all__ = ["Dataset", "Error", "Recording", "Stream", "commit", "generate", "inspect", "keep_memory", "plan",
           "version"]
