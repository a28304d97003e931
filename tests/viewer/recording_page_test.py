# SPDX-License-Identifier: Apache-2.0
"""The recording page and viewer.html in a real browser.

Usage: /usr/bin/python3 recording_page_test.py WRISTSIM ASSETS FOLDER     (screenshots stay in FOLDER)
"""
import os
import subprocess
import sys
import unittest

import h5py
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from browser import (complaints, drop_files, open_browser, open_page, resize, screenshot, set_dark,
                     wait_for_page)
from kinematics import Wearer, distance

PROGRAM, ASSETS, FOLDER = sys.argv[1:4]
VIEWER = os.path.join(ASSETS, "viewer/viewer.html")
READY_S = 3.0  # what a person waits without wondering


def wristsim(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_shard(name, *arguments):
    """Two people, both wrists, a double pinch while walking, on a watch glued on or on its strap."""
    out = os.path.join(FOLDER, name)
    wristsim("generate", os.path.join(ASSETS, "recipes/quickstart.toml"), "--out", out, "--force",
             "--set", "recordings=4", "--set", 'motions.classes=["double_pinch","wave"]', *arguments)
    return os.path.join(out, "shard-00000-of-00001.h5")


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.makedirs(FOLDER, exist_ok=True)
        cls.shards = {f: make_shard(f, "--fidelity", f, "--set", 'devices.side="%s"' % side)
                      for f, side in (("ideal", "left"), ("worn", "right"))}
        cls.pages = {}
        for fidelity, shard in cls.shards.items():
            cls.pages[fidelity] = os.path.join(FOLDER, fidelity + ".html")
            wristsim("view", shard, "--sequence", "0", "-o", cls.pages[fidelity])
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def setUp(self):
        resize(self.browser, 1280, 800)
        set_dark(self.browser, False)
        self.browser.get_log("browser")

    def page(self, call):
        return self.browser.execute_script("return window.wristsim." + call)

    def open(self, path):
        self.assertIsNone(open_page(self.browser, path))

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def check_drawn_arm(self, wearer):
        """What three.js draws is what the file says, at three instants, body by body."""
        for sample in (wearer.count // 7, wearer.count // 2, wearer.count - 9):
            self.page("seek(%.9f)" % wearer.time(sample))
            drawn = self.page("pose()")
            for name, expected in wearer.poses(sample).items():
                if name == "thorax":
                    continue
                pose = (drawn[name]["position"], drawn[name]["rotation"])
                apart, turned = distance(pose, expected)
                self.assertLess(apart, 1e-5, "%s at sample %d" % (name, sample))
                self.assertLess(turned, 2e-3, "%s at sample %d" % (name, sample))

    def test_ready_at_once_and_quiet(self):
        mark = "return performance.getEntriesByName('ready')[0].startTime / 1e3"
        waits = []
        for _ in range(3):  # the machine may be busy; the page must not be
            self.open(self.pages["worn"])
            waits.append(self.browser.execute_script(mark))
        self.assertLess(min(waits), READY_S)
        self.page("seek(1.8)")
        screenshot(self.browser, FOLDER, "recording-1280-light")
        self.assertEqual(complaints(self.browser), [])

    def test_the_drawn_arm_is_the_truth(self):
        for fidelity, side in (("ideal", "left"), ("worn", "right")):
            with h5py.File(self.shards[fidelity]) as shard:
                wearer = Wearer(shard, 0)
                self.assertEqual(wearer.scenario["side"], side)
                self.open(self.pages[fidelity])
                self.check_drawn_arm(wearer)

    def test_the_glued_watch_stays_where_the_scenario_put_it(self):
        """The case comes from the file, the forearm from kinematics: only together are they right."""
        with h5py.File(self.shards["ideal"]) as shard:
            wearer = Wearer(shard, 0)
            self.open(self.pages["ideal"])
            forearm = next(b for b in wearer.arm["bodies"] if b["name"] == "forearm")
            wanted = forearm["length_m"] - wearer.scenario["wear"]["distance_to_wrist_m"]
            for sample in (100, 600, 1100):
                self.page("seek(%.9f)" % wearer.time(sample))
                drawn = self.page("pose()")
                w, x, y, z = drawn["forearm"]["rotation"]
                axis = (1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y))
                along = sum(a * (c - f) for a, c, f in zip(
                    axis, drawn["case"]["position"], drawn["forearm"]["position"]))
                self.assertAlmostEqual(along, wanted, delta=2e-5)

    def test_play_and_pause(self):
        self.open(self.pages["worn"])
        self.page("seek(1)")
        self.press(Keys.SPACE)
        WebDriverWait(self.browser, 10, 0.05).until(lambda b: self.page("time()") > 1.5)
        self.assertTrue(self.page("playing()"))
        self.press(Keys.SPACE)
        self.assertFalse(self.page("playing()"))
        self.browser.find_element(By.CSS_SELECTOR, "[data-action='play']").click()
        self.assertTrue(self.page("playing()"))

    def test_playing_keeps_real_time(self):
        self.open(self.pages["worn"])
        self.page("seek(1)")
        clock = "return [performance.now() / 1e3, window.wristsim.time()]"
        self.page("play()")
        first = self.browser.execute_script(clock)
        WebDriverWait(self.browser, 10, 0.05).until(lambda b: self.page("time()") > 3)
        last = self.browser.execute_script(clock)
        self.assertAlmostEqual(last[1] - first[1], last[0] - first[0], delta=0.25)

    def test_keyboard(self):
        self.open(self.pages["worn"])
        self.page("seek(2)")
        self.press(Keys.ARROW_RIGHT)
        self.assertAlmostEqual(self.page("time()"), 2.1, places=3)
        self.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT)
        self.assertAlmostEqual(self.page("time()"), 1.9, places=3)
        self.press(Keys.END)
        self.assertAlmostEqual(self.page("time()"), self.page("duration"), places=3)
        self.press(Keys.HOME)
        self.assertAlmostEqual(self.page("time()"), 0, places=3)
        self.press("e")
        self.assertGreater(self.page("time()"), 0)
        slow = self.page("speed()")
        self.press(Keys.ARROW_DOWN)
        self.assertLess(self.page("speed()"), slow)
        self.press("d")
        self.assertEqual(self.browser.execute_script("return document.documentElement.dataset.theme"),
                         "dark")

    def test_scrub(self):
        self.open(self.pages["worn"])
        bar = self.browser.find_element(By.CSS_SELECTOR, "[data-action='scrub']")
        ActionChains(self.browser).move_to_element(bar).click().perform()
        self.assertAlmostEqual(self.page("time()"), self.page("duration") / 2,
                               delta=0.03 * self.page("duration"))

    def test_truth_overlay_shows_and_hides(self):
        self.open(self.pages["worn"])
        button = self.browser.find_element(By.CSS_SELECTOR, "[data-action='truth']")
        before = button.get_attribute("aria-pressed")
        self.press("t")
        self.assertNotEqual(button.get_attribute("aria-pressed"), before)
        screenshot(self.browser, FOLDER, "recording-truth")

    def test_phone_and_dark(self):
        resize(self.browser, 390, 844)
        set_dark(self.browser, True)
        self.open(self.pages["worn"])
        wide = self.browser.execute_script("return document.documentElement.scrollWidth")
        self.assertLessEqual(wide, 390)
        play = self.browser.find_element(By.CSS_SELECTOR, "[data-action='play']")
        self.assertTrue(play.is_displayed())
        screenshot(self.browser, FOLDER, "recording-390-dark")

    def test_a_shard_is_dropped(self):
        self.open(VIEWER)
        screenshot(self.browser, FOLDER, "viewer-empty")
        drop_files(self.browser, [self.shards["ideal"]])
        WebDriverWait(self.browser, 20, 0.05).until(lambda b: self.page("duration") > 0)
        self.assertEqual(complaints(self.browser), [])
        with h5py.File(self.shards["ideal"]) as shard:
            self.check_drawn_arm(Wearer(shard, 0))
            self.browser.execute_async_script(
                "const done = arguments[0]; window.wristsim.pickSequence(3).then(() => done())")
            self.check_drawn_arm(Wearer(shard, 3))
        screenshot(self.browser, FOLDER, "viewer-dropped")

    def test_the_picker_opens_a_shard_too(self):
        self.open(VIEWER)
        picker = self.browser.find_element(By.CSS_SELECTOR, "input[type=file]")
        picker.send_keys(os.path.abspath(self.shards["worn"]))
        WebDriverWait(self.browser, 20, 0.05).until(lambda b: self.page("duration") > 0)

    def test_what_cannot_be_shown_is_said(self):
        with open(self.shards["worn"], "rb") as file:
            whole = file.read()
        empty = os.path.join(FOLDER, "foreign.h5")
        with h5py.File(empty, "w") as file:
            file["numbers"] = [1, 2, 3]
        for name, content, word in (("notes.h5", b"not a shard", "HDF5"),
                                    ("cut.h5", whole[:len(whole) // 2], "cut"),
                                    ("foreign.h5", None, "wristsim")):
            path = os.path.join(FOLDER, name)
            if content is not None:
                with open(path, "wb") as file:
                    file.write(content)
            self.open(VIEWER)
            drop_files(self.browser, [path])
            WebDriverWait(self.browser, 20, 0.05).until(
                lambda b: b.execute_script("return document.documentElement.dataset.error"))
            sentence = self.browser.find_element(By.CSS_SELECTOR, "[role='alert']").text
            self.assertIn(name, sentence)
            self.assertIn(word, sentence)

    def test_every_view_of_the_command_line(self):
        page = os.path.join(FOLDER, "class.html")
        wristsim("view", "--class", "raise_to_wake", "-o", page)
        self.open(page)
        self.assertGreater(self.page("duration"), 5)
        self.assertEqual(complaints(self.browser), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
