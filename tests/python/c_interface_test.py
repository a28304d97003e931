# SPDX-License-Identifier: Apache-2.0
"""The C interface as ctypes sees it: no Python module, no pybind11."""
import ctypes as c
import json
import os
import sys
import tempfile
import threading
import unittest

import numpy as np

LIBRARY, RECIPE, ASSETS = (os.fsencode(argument) for argument in sys.argv[1:4])


class Array(c.Structure):
    _fields_ = [("path", c.c_char_p), ("element", c.c_char_p), ("rows", c.c_int64), ("columns", c.c_int64),
                ("rank", c.c_int32), ("values", c.c_void_p)]


PROGRESS = c.CFUNCTYPE(c.c_int32, c.c_int64, c.c_int64, c.c_void_p)


class Run(c.Structure):
    _fields_ = [("jobs", c.c_int32), ("force", c.c_int32), ("progress", PROGRESS), ("user", c.c_void_p)]


lib = c.CDLL(os.fsdecode(LIBRARY))
for name in ("version", "commit", "error", "about"):
    getattr(lib, "wristsim_" + name).restype = c.c_char_p
for name in ("open", "record", "plan", "resolved", "sha256", "generate", "inspect"):
    getattr(lib, "wristsim_" + name).restype = c.c_void_p
for name in ("close", "release", "free", "plan", "resolved", "sha256", "array_count", "about"):
    getattr(lib, "wristsim_" + name).argtypes = [c.c_void_p]
lib.wristsim_open.argtypes = [c.c_char_p, c.POINTER(c.c_char_p), c.c_int64, c.c_char_p]
lib.wristsim_record.argtypes = [c.c_void_p, c.c_uint64]
lib.wristsim_array_count.restype = c.c_int64
lib.wristsim_array_at.argtypes = [c.c_void_p, c.c_int64, c.POINTER(Array)]
lib.wristsim_generate.argtypes = [c.c_void_p, c.c_char_p, c.POINTER(Run)]
lib.wristsim_inspect.argtypes = [c.c_char_p]


def open_recipe(*overrides, recipe=RECIPE):
    values = (c.c_char_p * len(overrides))(*overrides)
    return lib.wristsim_open(recipe, values, len(overrides), ASSETS)


def text(pointer):
    copied = c.cast(pointer, c.c_char_p).value.decode()
    lib.wristsim_free(pointer)
    return copied


def arrays(recording):
    found, one = {}, Array()
    for i in range(lib.wristsim_array_count(recording)):
        assert lib.wristsim_array_at(recording, i, c.byref(one)) == 0
        size = one.rows * one.columns * int(one.element[1:])
        values = np.frombuffer(c.string_at(one.values, size), dtype=one.element.decode())
        found[one.path.decode()] = values.reshape(one.rows, one.columns) if one.rank == 2 else values
    assert lib.wristsim_array_at(recording, len(found), c.byref(one)) == -1
    return found


class CInterfaceTest(unittest.TestCase):
    def setUp(self):
        self.recipe = open_recipe(b"duration=\"3 s\"", b"fidelity=\"ideal\"", b"recordings=3")
        self.assertTrue(self.recipe, lib.wristsim_error())

    def tearDown(self):
        lib.wristsim_close(self.recipe)

    def failed(self, result, kind, words):
        self.assertFalse(result)
        self.assertEqual(lib.wristsim_error_kind(), kind)
        self.assertIn(words, lib.wristsim_error().decode())

    def test_describes_a_recipe(self):
        self.assertRegex(lib.wristsim_version().decode(), r"^\d+\.\d+\.\d+$")
        self.assertEqual(json.loads(text(lib.wristsim_plan(self.recipe)))["recordings"], 3)
        self.assertIn("seed", json.loads(text(lib.wristsim_resolved(self.recipe))))
        self.assertRegex(text(lib.wristsim_sha256(self.recipe)), "^[0-9a-f]{64}$")

    def test_records(self):
        recording = lib.wristsim_record(self.recipe, 1000)
        found = arrays(recording)
        about = json.loads(lib.wristsim_about(recording))
        self.assertEqual(about["index"], 1000)
        rows = len(found["imu/t"])
        self.assertAlmostEqual(rows, 300, delta=2)
        self.assertEqual(found["imu/accel"].shape, (rows, 3))
        self.assertEqual(found["imu/class_id"].shape, (rows,))
        self.assertTrue(np.all(np.diff(found["imu/t"]) > 0))
        scale = about["attributes"]["imu/accel"]["scale_factor"]
        self.assertAlmostEqual(np.median(np.linalg.norm(found["imu/accel"] * scale, axis=1)), 9.8, delta=1.5)
        lib.wristsim_release(recording)

    def test_errors_are_told_and_belong_to_their_thread(self):
        self.failed(open_recipe(b"motions.clases=1"), 2, "did you mean")
        self.failed(open_recipe(recipe=b"/nowhere.toml"), 2, "/nowhere.toml")
        self.failed(lib.wristsim_open(None, None, 0, ASSETS), 2, "recipe")
        self.failed(lib.wristsim_record(None, 0), 2, "recipe")
        self.failed(lib.wristsim_inspect(b"/nowhere.h5"), 74, "/nowhere.h5")
        elsewhere = []
        thread = threading.Thread(target=lambda: elsewhere.append(lib.wristsim_error_kind()))
        thread.start()
        thread.join()
        self.assertEqual((elsewhere, lib.wristsim_error_kind()), ([0], 74))

    def test_generates_and_stops(self):
        with tempfile.TemporaryDirectory() as folder:
            seen = []
            run = Run(1, 0, PROGRESS(lambda done, total, user: seen.append((done, total)) or 0), None)
            report = json.loads(text(lib.wristsim_generate(self.recipe, folder.encode(), c.byref(run))))
            self.assertEqual((report["recordings"], seen), (3, [(1, 3), (2, 3), (3, 3)]))
            shard = os.path.join(folder, report["shards"][0]["file"])
            self.assertEqual(json.loads(text(lib.wristsim_inspect(shard.encode())))["sequences"], 3)
            stop = Run(1, 1, PROGRESS(lambda *_: 1), None)
            self.failed(lib.wristsim_generate(self.recipe, folder.encode(), c.byref(stop)), 130, "interrupted")
            none = Run(0, 1, PROGRESS(), None)
            self.failed(lib.wristsim_generate(self.recipe, folder.encode(), c.byref(none)), 2, "jobs")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
