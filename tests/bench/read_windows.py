# SPDX-License-Identifier: Apache-2.0
"""Windows per second through wristsim.Dataset, in one process.

Usage: PYTHONPATH=build/release/python /usr/bin/python3 tests/bench/read_windows.py out/quickstart
"""
import sys
import time

import wristsim


def report(what, read):
    ds = wristsim.Dataset(sys.argv[1], split=None)  # with nothing in memory yet
    begin, worked, seen = time.perf_counter(), time.process_time(), 0
    for count in read(ds):
        seen += count
    print(f"{what:34s} {seen / (time.perf_counter() - begin):10.0f} windows/s,"
          f" {seen / (time.process_time() - worked):10.0f} per second of processor time")


first = wristsim.Dataset(sys.argv[1], split=None)
print(f"{len(first)} windows of {first[0]['x'].shape[0] / first.rate_hz:g} s, {first[0]['x'].shape[1]} channels")
report("ds[i], in order", lambda ds: (1 for i in range(len(ds)) if ds[i] is not None))
report("ds[i], in ds.order(1)", lambda ds: (1 for i in ds.order(1) if ds[i] is not None))
report("ds.batches(256)", lambda ds: (len(b["x"]) for b in ds.batches(256)))
report("ds.batches(256, shuffle=1)", lambda ds: (len(b["x"]) for b in ds.batches(256, shuffle=1)))
