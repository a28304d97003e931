# SPDX-License-Identifier: Apache-2.0
"""In a torch DataLoader: the same windows for any number of workers, forked or spawned."""
import itertools
import unittest

import numpy as np
from torch.utils.data import DataLoader

import wristsim
import wristsim.torch
from support import RECIPE, SMALL, digest, small_dataset

STOP = 6


def by_recording(workers, **options):
    stream = wristsim.torch.WindowStream(RECIPE, SMALL, stop=STOP, by="recording")
    return [(int(b["sequence"][0]), digest(b)) for b in
            DataLoader(stream, batch_size=None, num_workers=workers, **options)]


def window_hashes(loader):
    """One per window, whatever the batches."""
    return [digest({k: v[i].numpy() for k, v in b.items()}) for b in loader for i in range(len(b["x"]))]


class WindowStreamTest(unittest.TestCase):
    def test_recordings_come_in_order_for_any_number_of_workers(self):
        alone = by_recording(0)
        self.assertEqual([index for index, _ in alone], list(range(STOP)))
        self.assertEqual(len({sha for _, sha in alone}), STOP)
        for workers in (1, 4):
            self.assertEqual(by_recording(workers), alone, workers)
        self.assertEqual(by_recording(2, multiprocessing_context="spawn"), alone)

    def test_windows_are_the_same_set_for_any_number_of_workers(self):
        def hashes(workers):
            stream = wristsim.torch.WindowStream(RECIPE, SMALL, start=2, stop=STOP)
            return sorted(window_hashes(DataLoader(stream, batch_size=5, num_workers=workers)))
        alone = hashes(0)
        self.assertGreater(len(alone), STOP - 2)
        self.assertEqual(hashes(1), alone)
        self.assertEqual(hashes(4), alone)

    def test_every_epoch_is_the_same(self):
        stream = wristsim.torch.WindowStream(RECIPE, SMALL, stop=2)
        loader = DataLoader(stream, batch_size=4)
        self.assertEqual(window_hashes(loader), window_hashes(loader))

    def test_resumes_within_a_recording(self):
        whole = [digest(w) for w in wristsim.torch.WindowStream(RECIPE, SMALL, stop=4)]
        for taken in (1, 3, 4, 5):
            stream = wristsim.torch.WindowStream(RECIPE, SMALL, stop=4)
            first = [digest(w) for w in itertools.islice(stream, taken)]
            again = wristsim.torch.WindowStream(RECIPE, SMALL, stop=4)
            again.load_state_dict(stream.state_dict())
            self.assertEqual(first + [digest(w) for w in again], whole)
            # And in two workers, of which one alone has begun.
            rest = window_hashes(DataLoader(again, batch_size=3, num_workers=2))
            self.assertEqual(sorted(rest), sorted(whole[taken:]))

    def test_bad_arguments(self):
        with self.assertRaises(wristsim.Error):
            wristsim.torch.WindowStream(RECIPE, SMALL, by="sample")


class DatasetTest(unittest.TestCase):
    def test_a_dataset_in_a_loader(self):
        with small_dataset() as folder:
            ds = wristsim.Dataset(folder, split=None, dropped="mask")
            whole = sorted(digest({k: np.asarray(v) for k, v in item.items()}) for item in ds)
            for workers, context in ((0, None), (2, "fork"), (2, "spawn")):
                loader = DataLoader(ds, batch_size=8, sampler=ds.order(1), num_workers=workers,
                                    multiprocessing_context=context)
                self.assertEqual(sorted(window_hashes(loader)), whole, (workers, context))


if __name__ == "__main__":
    unittest.main()
