# SPDX-License-Identifier: Apache-2.0
"""The report page in a real browser.

Usage: /usr/bin/python3 report_page_test.py WRISTSIM ASSETS FOLDER     (screenshots stay in FOLDER)
"""
import json
import os
import subprocess
import sys
import unittest

import numpy as np

from browser import complaints, open_browser, open_page, resize, screenshot, set_dark

PROGRAM, ASSETS, FOLDER = sys.argv[1:4]


def wristsim(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)


def write_recording(path):
    """A minute of a made-up watch: 50 Hz, g and deg/s, rest then a swing at 1 Hz."""
    t = np.arange(0, 60, 0.02)
    swing = np.where(t > 30, np.sin(2 * np.pi * t), 0)
    rng = np.random.default_rng(1)
    accel = np.c_[0.3 * swing, 0 * t, np.sqrt(np.maximum(0, 1 - (0.3 * swing) ** 2))]
    accel += 0.004 * rng.standard_normal(accel.shape)
    gyro = np.c_[0 * t, 60 * swing, 0 * t] + 0.2 * rng.standard_normal(accel.shape)
    label = np.where(t > 30, "walk", "rest")
    with open(path, "w") as file:
        file.write("time (s),acc_x (g),acc_y (g),acc_z (g),gyr_x (deg/s),gyr_y (deg/s),gyr_z (deg/s),label\n")
        for row in zip(t, *accel.T, *gyro.T, label):
            file.write(",".join("%.6f" % v for v in row[:-1]) + "," + row[-1] + "\n")


class ReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(FOLDER, exist_ok=True)
        cls.dataset = os.path.join(FOLDER, "dataset")
        made = wristsim("generate", os.path.join(ASSETS, "recipes/quickstart.toml"), "--out", cls.dataset, "--force")
        assert made.returncode == 0, made.stderr
        cls.csv = os.path.join(FOLDER, "mine.csv")
        write_recording(cls.csv)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def make(self, name, *arguments):
        page = os.path.join(FOLDER, name)
        made = wristsim("report", self.dataset, "-o", page, *arguments)
        self.assertEqual(made.returncode, 0, made.stderr)
        return page

    def open(self, page, width, dark):
        resize(self.browser, width, 900)
        set_dark(self.browser, dark)
        self.browser.get_log("browser")
        self.assertIsNone(open_page(self.browser, page))
        self.assertEqual(complaints(self.browser), [])
        self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), width)

    def whole_page(self, name):
        height = self.browser.execute_script("return document.documentElement.scrollHeight")
        resize(self.browser, self.browser.execute_script("return innerWidth"), min(height, 12000))
        screenshot(self.browser, FOLDER, name)

    def text(self):
        return self.browser.execute_script("return document.body.innerText")

    def test_a_dataset(self):
        self.open(self.make("report.html"), 1280, False)
        text = self.text()
        for name in ("double_pinch", "raise_to_wake", "person-0002", "nylon_loop", "test"):
            self.assertIn(name, text)
        self.whole_page("report-1280-light")

    def test_on_a_phone_in_the_dark(self):
        self.open(self.make("report.html"), 390, True)
        self.whole_page("report-390-dark")

    def test_real_recordings_are_laid_over(self):
        self.open(self.make("against.html", "--against", self.csv), 1280, False)
        self.assertIn("mine.csv", self.text())
        self.whole_page("report-against")
        found = self.browser.execute_script("return window.wristsim.data.against")
        rows = {(g["class"], g["feature"]): g for g in found["gap"]}
        swing = next(f for f in found["features"] if f["name"] == "dominant_frequency")
        walk = next(c for c in swing["classes"] if c["class"] == "walk")
        median = walk["quantile"][walk["probability"].index(0.5)]
        self.assertAlmostEqual(median, 1.0, delta=0.2)
        self.assertIn(("walk", "gyro_rms"), rows)

    def test_what_cannot_be_read_is_said(self):
        wrong = os.path.join(FOLDER, "wrong.csv")
        with open(wrong, "w") as file:
            file.write("when,x,why\n1,2,3\n")
        made = wristsim("report", self.dataset, "-o", os.path.join(FOLDER, "no.html"), "--against", wrong)
        self.assertEqual(made.returncode, 65)
        self.assertEqual(made.stderr.count("\n"), 1)
        for word in ("wrong.csv", "when", "acc_x"):
            self.assertIn(word, made.stderr)
        empty = os.path.join(FOLDER, "empty")
        os.makedirs(empty, exist_ok=True)
        made = wristsim("report", empty, "-o", os.path.join(FOLDER, "no.html"))
        self.assertEqual(made.returncode, 74)
        self.assertIn("expected shards", made.stderr)
        self.assertFalse(os.path.exists(os.path.join(FOLDER, "no.html")))

    def test_json(self):
        made = wristsim("report", self.dataset, "--json")
        self.assertEqual(json.loads(made.stdout)["totals"]["recordings"], 12)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
