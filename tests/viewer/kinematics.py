# SPDX-License-Identifier: Apache-2.0
"""Where every body of the arm is, from a shard's truth alone: independent of the pages and of the C++."""
import json

import numpy as np


def turn(q, v):
    """Rotates v by the quaternion q (w x y z)."""
    w, u = q[0], np.asarray(q[1:])
    v = np.asarray(v, dtype=float)
    return v + 2 * np.cross(u, np.cross(u, v) + w * v)


def product(a, b):
    """Hamilton product of quaternions w x y z."""
    w, u, s, v = a[0], np.asarray(a[1:]), b[0], np.asarray(b[1:])
    return np.r_[w * s - u @ v, w * v + s * u + np.cross(u, v)]


def about(axis, angle):
    return np.r_[np.cos(angle / 2), np.sin(angle / 2) * np.asarray(axis)]


def unit(q):
    return np.asarray(q, dtype=float) / np.linalg.norm(q)


class Wearer:
    """One sequence of a shard: poses of its bodies and case at an imu sample."""

    def __init__(self, shard, sequence):
        table = shard["sequences"]
        self.shard = shard
        self.start = int(table["imu_start"][sequence])
        self.count = int(table["imu_count"][sequence])
        self.scenario = json.loads(table.attrs["scenarios"][sequence])
        arms = [json.loads(text) for text in table.attrs["arms"]]
        self.arm = next(a for a in arms if a["subject"] == self.scenario["subject_id"]
                        and a["side"] == self.scenario["side"])
        self.hinges = list(shard["truth/joint_angles"].attrs["names"])

    def time(self, sample):
        """s"""
        return self.shard["imu/t"][self.start + sample] * 1e-9

    def truth(self, name, sample):
        return self.shard["truth/" + name][self.start + sample].astype(float)

    def poses(self, sample):
        """Body name -> (position in W, m; rotation w x y z)."""
        angles = dict(zip(self.hinges, self.truth("joint_angles", sample)))
        poses = {"thorax": (self.truth("thorax_position", sample),
                            unit(self.truth("thorax_orientation", sample)))}
        for body in self.arm["bodies"]:
            position, rotation = poses[body["parent"]]
            if "axis" in body:
                own = product(body["rotation"], about(body["axis"], angles[body["name"]]))
            else:
                own = unit(self.truth("shoulder_orientation", sample))
            poses[body["name"]] = (position + turn(rotation, body["position_m"]),
                                   product(rotation, own))
        poses["case"] = (self.truth("case_position", sample),
                         unit(self.truth("case_orientation", sample)))
        return poses


def distance(a, b):
    """Of two poses: m, and rad between their rotations."""
    dot = abs(float(np.dot(unit(a[1]), unit(b[1]))))
    return np.linalg.norm(np.subtract(a[0], b[0])), 2 * np.arccos(min(1.0, dot))
