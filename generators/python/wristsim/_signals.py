# SPDX-License-Identifier: Apache-2.0
"""From the numbers of a file or a recording to signals in SI units."""
from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np

from ._error import Error

DROPPED = ("nan", "mask")


def clock_of(group: str) -> str:
    """The stream whose clock a group stands on: "truth" -> "imu", "truth_optical" -> "optical"."""
    return "imu" if group == "truth" else group[len("truth_"):] if group.startswith("truth_") else group


def channel_paths(channels: Sequence[str]) -> tuple[list[str], str]:
    """("accel", "truth/clean_accel") -> paths "imu/accel", "truth/clean_accel", and the clock they share."""
    if isinstance(channels, str) or not channels:
        raise Error("usage", f'channels: expected a list of names such as ["accel"], found {channels!r}')
    paths = [name if "/" in name else "imu/" + name for name in channels]
    clocks = sorted({clock_of(path.split("/")[0]) for path in paths})
    if len(clocks) > 1:
        raise Error("usage", f"channels: expected one clock, found {', '.join(clocks)}; read each by itself")
    return paths, clocks[0]


def check_dropped(dropped: str) -> None:
    if dropped not in DROPPED:
        raise Error("usage", f'dropped: expected "nan" or "mask", found {dropped!r}')


def put_physical(out: np.ndarray, values: np.ndarray, attributes: Mapping[str, Any]) -> None:
    """Writes stored numbers to out, float32 [T, C], in SI units; where there is no value, NaN."""
    values = values.reshape(len(values), -1)
    np.multiply(values, np.float32(attributes.get("scale_factor", 1)), out=out, casting="unsafe")
    if "_FillValue" in attributes:
        missing = values == attributes["_FillValue"]
        if missing.any():
            out[missing] = np.nan


def flagged(flags: np.ndarray, attributes: Mapping[str, Any], meaning: str) -> np.ndarray:
    """Which samples `flags` calls "saturated", "dropped", ...; none if it knows no such word."""
    masks = dict(zip(attributes["flag_meanings"].split(), attributes["flag_masks"]))
    return (flags & int(masks.get(meaning, 0))) > 0


def cut(signal: np.ndarray, there: np.ndarray, starts: np.ndarray, length: int,
        dropped: str) -> dict[str, np.ndarray]:
    """Windows of signal as copies: x [N, T, C], and with dropped="mask" mask [N, T].

    there: bool [rows]; False: the sample was lost on the way.
    """
    rows = np.asarray(starts)[:, None] + np.arange(length)
    batch = {"x": signal[rows]}
    if dropped == "mask":
        batch["mask"] = there[rows]
        batch["x"][~batch["mask"]] = 0
    else:
        batch["x"][~there[rows]] = np.nan
    return batch
