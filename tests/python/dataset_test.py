# SPDX-License-Identifier: Apache-2.0
"""wristsim.Dataset against a plain reading of the same shards."""
import glob
import multiprocessing
import os
import pathlib
import pickle
import shutil
import tempfile
import unittest

import h5py
import numpy as np

import wristsim
from support import RECIPE, SMALL, digest, small_dataset


def plain_windows(folder):
    """Straight from the files: signal, label, person, place; NaN where a sample was dropped."""
    found = []
    for file in sorted(glob.glob(folder + "/*.h5")):
        with h5py.File(file) as f:
            accel = f["imu/accel"][:] * f["imu/accel"].attrs["scale_factor"]
            gyro = f["imu/gyro"][:] * f["imu/gyro"].attrs["scale_factor"]
            signal = np.hstack([accel, gyro])
            signal[(f["imu/flags"][:] & 2) > 0] = np.nan  # flag_masks: dropped is 2
            for k, row in enumerate(f["windows/imu_start"][:]):
                sequence = f["windows/sequence"][k]
                found.append((signal[row:row + f["windows"].attrs["imu_length"]], f["windows/class_id"][k],
                              f["sequences/subject"][sequence], row - f["sequences/imu_start"][sequence],
                              f["sequences/split"][sequence]))
    return found


def hashes(ds):
    return [digest(ds[i]) for i in range(len(ds))]


class DatasetTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = small_dataset()
        cls.path = cls.folder.name

    def dataset(self, **options):
        return wristsim.Dataset(self.path, **{"split": None, **options})

    def refused(self, kind, words, *arguments, **options):
        with self.assertRaises(wristsim.Error) as caught:
            wristsim.Dataset(*arguments, **options)
        self.assertEqual(caught.exception.kind, kind, str(caught.exception))
        self.assertIn(words, str(caught.exception))

    def test_windows_are_what_the_file_says(self):
        plain, ds = plain_windows(self.path), self.dataset()
        self.assertEqual(len(ds), len(plain))
        lost = 0
        for item, (x, label, subject, start, _) in zip(ds, plain):
            self.assertEqual(item["x"].dtype, np.float32)
            np.testing.assert_allclose(item["x"], x, rtol=3e-7)
            self.assertEqual((item["label"], item["subject"], item["start"]), (label, subject, start))
            lost += np.isnan(x).sum()
        self.assertGreater(lost, 0)  # or nothing was shown of lost samples

    def test_splits_share_nobody(self):
        people = {}
        for split in ("train", "test"):
            ds = self.dataset(split=split)
            people[split] = {ds.subjects[item["subject"]] for item in ds}
            self.assertGreater(len(people[split]), 0)
        self.assertFalse(people["train"] & people["test"])
        wanted = sum(split == 2 for *_, split in plain_windows(self.path))  # flag_values: test is 2
        self.assertEqual(len(self.dataset(split="test")), wanted)

    def test_batches_are_their_items(self):
        ds = self.dataset(dropped="mask")
        at = np.random.default_rng(1).permutation(len(ds))[:17]
        batch = ds[at]
        for k, i in enumerate(at):
            self.assertEqual(digest({key: v[k] for key, v in batch.items()}), digest(ds[int(i)]))
        self.assertEqual(digest(ds[3:9]), digest(ds[np.arange(3, 9)]))
        self.assertEqual(digest(ds[-1]), digest(ds[len(ds) - 1]))
        with self.assertRaises(IndexError):
            ds[len(ds)]

    def test_shuffled_batches_hold_everything_once(self):
        ds = self.dataset()
        np.testing.assert_array_equal(np.sort(ds.order(5)), np.arange(len(ds)))
        self.assertFalse(np.array_equal(ds.order(5), np.arange(len(ds))))
        self.assertFalse(np.array_equal(ds.order(5), ds.order(6)))
        place = np.concatenate([b["sequence"] * 10000 + b["start"] for b in ds.batches(7, shuffle=5)])
        self.assertEqual(len(set(place)), len(ds))
        self.assertEqual(sum(len(b["x"]) for b in ds.batches(7, drop_last=True)), len(ds) // 7 * 7)

    def test_a_small_cache_reads_the_same(self):
        self.assertEqual(hashes(self.dataset(cache=1)), hashes(self.dataset()))

    def test_lost_samples_as_mask(self):
        nan, mask = self.dataset(), self.dataset(dropped="mask")
        for a, b in zip(nan, mask):
            np.testing.assert_array_equal(~np.isnan(a["x"]).any(axis=1), b["mask"])
            self.assertTrue(np.all(b["x"][~b["mask"]] == 0))
            np.testing.assert_array_equal(a["x"][b["mask"]], b["x"][b["mask"]])

    def test_chosen_classes_are_numbered_as_asked(self):
        every = self.dataset()
        ds = self.dataset(classes=["walk", "rest"])
        self.assertEqual(ds.classes, ["walk", "rest"])
        for name in ds.classes:
            count = np.sum(every.labels == every.classes.index(name))
            self.assertGreater(count, 0)
            self.assertEqual(np.sum(ds.labels == ds.classes.index(name)), count)
        self.assertEqual(len(ds), np.sum(ds.labels >= 0))

    def test_another_length(self):
        ds = self.dataset(length=400)
        self.assertEqual(ds[0]["x"].shape, (400, 6))
        np.testing.assert_array_equal(ds[0]["x"][:128], self.dataset()[0]["x"])
        self.assertEqual({item["start"] for item in ds}, {0, 64, 128, 192})  # of 600 samples

    def test_whole_recordings_and_other_channels(self):
        ds = self.dataset(stream="recordings", channels=["accel", "truth/clean_accel"])
        self.assertEqual(len(ds), SMALL["recordings"])
        item = ds[0]
        self.assertEqual(item["x"].shape, (item["x"].shape[0], 6))
        self.assertAlmostEqual(item["x"].shape[0], 600, delta=15)  # some come twice
        self.assertLess(np.nanmedian(np.abs(item["x"][:, :3] - item["x"][:, 3:])), 0.5)  # m/s2
        light = self.dataset(channels=["optical/counts"])[0]["x"]
        self.assertEqual(light.shape, (128, 2))

    def test_a_glob_is_fewer_shards(self):
        one = wristsim.Dataset(self.path + "/shard-00000-*.h5", split=None)
        other = wristsim.Dataset(pathlib.Path(self.path) / "shard-00001-of-00002.h5", split=None)
        self.assertEqual(hashes(wristsim.Dataset([*one.files, *other.files], split=None))[:len(one)], hashes(one))
        self.assertEqual(len(one) + len(other), len(self.dataset()))

    def test_pickles_and_reads_on(self):
        ds = self.dataset()
        first = hashes(ds)  # files are open now
        self.assertEqual(hashes(pickle.loads(pickle.dumps(ds))), first)

    def test_forked_and_spawned_processes_read_the_same(self):
        ds = self.dataset()
        first = hashes(ds)
        for method in ("fork", "spawn"):
            with multiprocessing.get_context(method).Pool(2) as pool:
                self.assertEqual(pool.map(hashes, [ds, ds]), [first, first], method)

    def test_what_is_wrong_is_named(self):
        self.refused("io", "expected shards", self.path + "/nowhere")
        self.refused("usage", "train", self.path, split="trian")
        self.refused("usage", "raise_to_wake", self.path, classes=["pinch"])
        self.refused("usage", "one clock", self.path, channels=["accel", "optical/counts"])
        self.refused("usage", 'expected a list', self.path, channels="accel")
        self.refused("bad_data", "/imu holds t, ", self.path, channels=["acceleration"])
        self.refused("bad_data", "/magnetometer", self.path, channels=["magnetometer/field"])
        self.refused("usage", "dropped", self.path, dropped="zero")
        self.refused("usage", "stream", self.path, stream="frames")

    def test_a_shard_that_lacks_a_table_or_an_end(self):
        with tempfile.TemporaryDirectory() as folder:
            for spoil, words in ((lambda f: f.pop("windows"), "/windows"),
                                 (lambda f: f.attrs.modify("complete", 0), "complete"),
                                 (lambda f: f.attrs.pop("schema_version"), "another HDF5 file")):
                file = shutil.copy(self.dataset().files[0], folder)
                with h5py.File(file, "a") as f:
                    spoil(f)
                self.refused("bad_data", words, file, split=None)
            pathlib.Path(folder, "text.h5").write_text("not HDF5")
            self.refused("io", "text.h5", os.path.join(folder, "text.h5"))

    def test_watches_of_different_rates_are_not_mixed(self):
        with tempfile.TemporaryDirectory() as folder:
            wristsim.generate(RECIPE, folder, {**SMALL, "recordings": 2,
                                               "devices.watch": ["generic_100hz", "generic_bursts_50hz"]}, jobs=1)
            self.refused("usage", "50, 100 Hz", folder, split=None)


if __name__ == "__main__":
    unittest.main()
