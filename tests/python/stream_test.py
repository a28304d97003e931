# SPDX-License-Identifier: Apache-2.0
"""wristsim.Stream: what a shard would hold, without end, from any index on; and the thin functions."""
import gc
import itertools
import json
import pathlib
import pickle
import subprocess
import sys
import tempfile
import threading
import unittest

import numpy as np

import wristsim
from support import RECIPE, SMALL, SOURCE, digest, small_dataset


def windows(stream, recording):
    return digest(stream.windows(recording))


class StreamTest(unittest.TestCase):
    def test_windows_are_those_of_the_dataset(self):
        with small_dataset() as folder:
            ds = wristsim.Dataset(folder, split=None)
            stream = wristsim.Stream(RECIPE, SMALL)
            self.assertEqual((stream.classes, stream.subjects), (ds.classes, ds.subjects))
            indices = ds._index.index
            for i in range(SMALL["recordings"]):
                made, read = stream.windows(stream[i]), ds[np.flatnonzero(indices == i)]
                self.assertGreater(len(read["x"]), 0)
                del made["sequence"], read["sequence"]  # counted over shards there, the index here
                self.assertEqual(digest(made), digest(read))

    def test_goes_on_beyond_the_recipe(self):
        stream = wristsim.Stream(RECIPE, SMALL, start=SMALL["recordings"] - 1)
        recordings = list(itertools.islice(stream, 3))
        self.assertEqual([r.index for r in recordings], [23, 24, 25])
        self.assertEqual(len({windows(stream, r) for r in recordings}), 3)
        self.assertIn(recordings[2].scenario["subject_id"], stream.subjects)

    def test_a_recording_depends_on_its_index_alone(self):
        one, other = wristsim.Stream(RECIPE, SMALL), wristsim.Stream(RECIPE, SMALL, start=5, stop=8)
        self.assertEqual([windows(other, r) for r in other], [windows(one, one[i]) for i in (5, 6, 7)])
        self.assertEqual(windows(one, one[6]), windows(one, pickle.loads(pickle.dumps(one))[6]))
        reseeded = wristsim.Stream(RECIPE, {**SMALL, "seed": 7})
        self.assertNotEqual(windows(one, one[6]), windows(reseeded, reseeded[6]))

    def test_resumes_from_its_state(self):
        whole = [r.index for r in wristsim.Stream(RECIPE, SMALL, stop=5)]
        stream = wristsim.Stream(RECIPE, SMALL, stop=5)
        first = [r.index for r in itertools.islice(stream, 2)]
        again = wristsim.Stream(RECIPE, SMALL, stop=5)
        again.load_state_dict(json.loads(json.dumps(stream.state_dict())))
        self.assertEqual(first + [r.index for r in again], whole)
        with self.assertRaisesRegex(wristsim.Error, "state"):
            wristsim.Stream(RECIPE, {**SMALL, "seed": 7}).load_state_dict(stream.state_dict())

    def test_arrays_are_views_that_keep_their_memory(self):
        recording = wristsim.Stream(RECIPE, SMALL)[0]
        accel, kept = recording.arrays["imu/accel"], recording.arrays["imu/accel"].copy()
        self.assertFalse(accel.flags.owndata)
        self.assertEqual((accel.dtype, accel.shape[1]), (np.int16, 3))
        del recording
        gc.collect()
        np.testing.assert_array_equal(accel, kept)
        native = wristsim.Stream(RECIPE, SMALL)._native.record(0)
        self.assertTrue(np.shares_memory(native.arrays()["imu/accel"], native.arrays()["imu/accel"]))

    def test_what_is_known_of_a_recording(self):
        r = wristsim.Stream(RECIPE, {**SMALL, "motions.classes": ["double_pinch"]})[0]
        pinches = [e for e in r.events if e["class"] == "double_pinch"]
        self.assertGreater(len(pinches), 0)
        self.assertEqual(r.scenario["class"], "double_pinch")
        label = r.classes.index("double_pinch")
        middle = [int(50 * (e["start_s"] + e["end_s"]) / 2) for e in pinches]
        self.assertTrue(np.all(r.arrays["imu/class_id"][middle] == label))
        with self.assertRaisesRegex(wristsim.Error, "imu/accel"):
            r.signal(["imu/speed"])

    def test_many_threads_make_the_same(self):
        stream, found = wristsim.Stream(RECIPE, SMALL), {}
        threads = [threading.Thread(target=lambda i=i: found.update({i: windows(stream, stream[i % 3])}))
                   for i in range(6)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for i in range(6):
            self.assertEqual(found[i], windows(stream, stream[i % 3]))

    def test_a_recording_that_fails_is_raised_or_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "broken.bvh").write_text("HIERARCHY\nROOT Hips\n{\n")
            arguments = (SOURCE / "assets/recipes/clips.toml", {"motions.clips": folder})
            with self.assertRaises(wristsim.Error) as caught:
                next(iter(wristsim.Stream(*arguments, start=3)))
            self.assertEqual((caught.exception.kind, caught.exception.index), ("bad_data", 3))
            self.assertIn("broken.bvh", str(caught.exception))
            skipping = wristsim.Stream(*arguments, stop=4, errors="skip")
            self.assertEqual((list(skipping), skipping.skipped), ([], 4))

    def test_bad_arguments(self):
        for arguments in ({"errors": "ignore"}, {"start": -1}, {"start": 5, "stop": 4}):
            with self.assertRaises(wristsim.Error) as caught:
                wristsim.Stream(RECIPE, **arguments)
            self.assertEqual(caught.exception.kind, "usage")


class RunTest(unittest.TestCase):
    def test_generate_and_inspect(self):
        with tempfile.TemporaryDirectory() as folder:
            seen = []
            overrides = ["duration=\"2 s\"", "fidelity=\"ideal\"", "recordings=4"]
            report = wristsim.generate(RECIPE, folder, overrides, 2, progress=lambda *p: seen.append(p))
            self.assertEqual((report["recordings"], report["failures"], seen[-1]), (4, [], (4, 4)))
            shard = wristsim.inspect(folder)["shards"][0]
            self.assertEqual((shard["sequences"], shard["content_sha256"]),
                             (4, report["shards"][0]["content_sha256"]))
            self.assertTrue(wristsim.generate(RECIPE, folder, overrides)["shards"][0]["skipped"])
            with self.assertRaisesRegex(wristsim.Error, "another recipe"):
                wristsim.generate(RECIPE, folder, [*overrides, "seed=9"])

    def test_stops_cleanly_when_told(self):
        def stop(done, total):
            raise KeyboardInterrupt
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaises(KeyboardInterrupt):
                wristsim.generate(RECIPE, folder, {"recordings": 400}, jobs=1, progress=stop)
            self.assertEqual(list(pathlib.Path(folder).glob("*")), [])

    def test_failures_are_listed_and_warned_of(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "broken.bvh").write_text("HIERARCHY\n")
            with self.assertWarnsRegex(UserWarning, "broken.bvh"):
                report = wristsim.generate(SOURCE / "assets/recipes/clips.toml", folder + "/out",
                                           {"motions.clips": folder})
            self.assertGreater(len(report["failures"]), 0)

    def test_plan(self):
        plan = wristsim.plan(RECIPE, {"recordings": 7, "subjects.count": 2})
        self.assertEqual((plan["recordings"], plan["subjects"]), (7, ["person-0000", "person-0001"]))
        self.assertIn("double_pinch", plan["classes"])

    def test_errors_say_what_the_program_says(self):
        with self.assertRaises(wristsim.Error) as caught:
            wristsim.plan(RECIPE, ["motions.clases=1"])
        self.assertEqual(caught.exception.kind, "usage")
        self.assertIn("did you mean", str(caught.exception))
        copy = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((copy.kind, str(copy)), ("usage", str(caught.exception)))
        with self.assertRaises(wristsim.Error) as caught:
            wristsim.inspect("/nowhere")
        self.assertEqual(caught.exception.kind, "io")

    def test_nothing_imports_torch(self):
        code = "import sys, wristsim; sys.exit('torch' in sys.modules)"
        self.assertEqual(subprocess.run([sys.executable, "-c", code]).returncode, 0)


if __name__ == "__main__":
    unittest.main()
