# SPDX-License-Identifier: Apache-2.0
"""Recipes as the native module opens them."""
from __future__ import annotations

import json
import os
import pathlib
from typing import Any, Mapping, Sequence, Union

from . import _wristsim

Overrides = Union[Sequence[str], Mapping[str, Any]]


def find_assets() -> str:
    """$WRISTSIM_ASSETS, or the folder installed or checked out above this package; "" if neither."""
    if "WRISTSIM_ASSETS" in os.environ:
        return os.environ["WRISTSIM_ASSETS"]
    for above in pathlib.Path(__file__).resolve().parents:
        for place in ("share/wristsim/assets", "assets"):
            if (above / place / "watches").is_dir():
                return str(above / place)
    return ""


def override_texts(overrides: Overrides) -> list[str]:
    """["seed=7"], or {"seed": 7, "wear.pressure": ["2 kPa", "4 kPa"]} in the same words."""
    if isinstance(overrides, Mapping):  # JSON of texts, numbers, truth and lists is TOML
        return [f"{key}={json.dumps(value)}" for key, value in overrides.items()]
    return [overrides] if isinstance(overrides, str) else list(overrides)


def open_recipe(recipe: Union[str, "os.PathLike[str]"], overrides: Overrides) -> _wristsim.Recipe:
    return _wristsim.Recipe(os.fspath(recipe), override_texts(overrides), find_assets())
