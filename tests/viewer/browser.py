# SPDX-License-Identifier: Apache-2.0
"""Headless Chromium with software WebGL, through Debian's Selenium."""
import os

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

# Root and containers need the first; a machine without a GPU needs the next two to have WebGL.
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--headless=new",
         "--disable-background-networking", "--disable-dev-shm-usage", "--hide-scrollbars",
         "--force-device-scale-factor=1", "--force-prefers-reduced-motion"]


def open_browser():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for flag in FLAGS:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def resize(browser, width, height):
    """Of the page, not of the window; a phone's width is less than a window may have."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})


def set_dark(browser, dark):
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})


def open_page(browser, path):
    """Opens a file and waits until it says it is ready or why not; returns that sentence or None."""
    browser.get("file://" + os.path.abspath(path))
    return wait_for_page(browser)


def wait_for_page(browser, seconds=20):
    state = "const d = document.documentElement.dataset; return d.error || d.ready;"
    WebDriverWait(browser, seconds, 0.05).until(lambda b: b.execute_script(state))
    return browser.execute_script("return document.documentElement.dataset.error ?? null")


def complaints(browser):
    """Everything the page wrote to the console as a warning or an error; asking clears it."""
    return [entry["message"] for entry in browser.get_log("browser")
            if entry["level"] in ("WARNING", "SEVERE")]


def drop_files(browser, paths):
    """What a person does who drags files from a folder onto the page."""
    size = browser.execute_script("return [innerWidth / 2, innerHeight / 2]")
    data = {"items": [], "files": [os.path.abspath(p) for p in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.execute_cdp_cmd("Input.dispatchDragEvent",
                                {"type": kind, "x": size[0], "y": size[1], "data": data})


def screenshot(browser, folder, name):
    os.makedirs(folder, exist_ok=True)
    browser.save_screenshot(os.path.join(folder, name + ".png"))
