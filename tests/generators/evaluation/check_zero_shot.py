# SPDX-License-Identifier: Apache-2.0
"""A set over all classes, the example's baseline and a stress suite, as a user runs them.

Usage: /usr/bin/python3 check_zero_shot.py WRISTSIM SOURCE OUT
Exits 1 unless the baseline tells unseen classes clearly better than chance, and worse under the hardest loss.
"""
import json
import pathlib
import shutil
import subprocess
import sys

program, source, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
# `ideal` and few people: a quarter of a minute instead of a whole one.
SMALL = ["few_shot.shots=[1]", "few_shot.episodes=2", "daily.recordings=2", "daily.duration='60 s'",
         "daily.subjects.count=2", "daily.timeline.stretch=['15 s', '30 s']", "walking.recordings=12",
         "train.recordings=728", "train.subjects.count=8", "validation.recordings=273", "validation.subjects.count=3",
         "plain.recordings=273", "plain.subjects.count=3"]
SIDES = ["train", "validation", "plain", "daily", "walking", "wet", "right_wrist", "loose", "other_watch"]


def run(*command):
    return subprocess.run([str(c) for c in command], check=True, stdout=subprocess.PIPE, text=True).stdout


def baseline(folder, answers, *more):
    run("/usr/bin/python3", source / "examples/zero_shot.py", folder, "-o", out / "said.csv", *more)
    return json.loads(run(program, "score", "--set", answers, "--predictions", out / "said.csv", "--json"))


shutil.rmtree(out, ignore_errors=True)
settings = SMALL + [f"{side}.fidelity='ideal'" for side in SIDES]
run(program, "evalset", source / "assets/evaluation/default.toml", "--out", out / "set",
    *[word for s in settings for word in ("--set", s)])
unseen = baseline(out / "set", out / "set/answers/fold-0")["seen_unseen"]["unseen_among_unseen"]
run(program, "stress", source / "assets/recipes/stress.toml", "--out", out / "stress", "--corruptions", "loss",
    "--severities", "1,5", "--set", "fidelity='ideal'")
loss = baseline(out / "stress", out / "stress/answers", "--train", out / "set")["degradation"]["corruptions"][0]
kept = [s["relative"] for s in loss["severities"]]
print(f"unseen classes {unseen:.3f}, chance {1 / 18:.3f}; kept under loss {kept[0]:.2f}, {kept[1]:.2f}")
sys.exit(0 if unseen > 3 / 18 and kept[1] < kept[0] else 1)
