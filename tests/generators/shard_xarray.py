# SPDX-License-Identifier: Apache-2.0
"""A shard as xarray sees it: every group opens, counts decode to SI, dimensions have names."""
import sys

try:
    import netCDF4  # noqa: F401
    import numpy as np
    import xarray
except ImportError as error:
    print("SKIPPED:", error, file=sys.stderr)
    sys.exit(77)

GROUPS = ["imu", "optical", "truth", "truth_optical", "sequences", "events", "windows", "splits",
          "classes", "vocab"]


def main(path):
    opened = {g: xarray.open_dataset(path, group=g, engine="netcdf4").load() for g in GROUPS}
    for group, dataset in opened.items():
        assert not [d for d in dataset.dims if "phony" in d], group
    imu = opened["imu"]
    assert dict(imu.dims) == {"imu_sample": 3000, "axis": 3}
    assert imu.accel.dtype == np.float32 and imu.accel.attrs["units"] == "m s-2"
    assert np.isclose(imu.accel.values[0, 0], -30000 * 0.0025)
    assert "t" in imu.coords and imu.t.dtype == np.int64
    assert imu.attrs["rate_hz"] == 100
    assert dict(opened["truth"].dims) == {"imu_sample": 3000, "axis": 3}
    assert opened["truth"].gap.dtype == np.float64
    assert opened["optical"].counts.dims == ("optical_sample", "channel")
    assert list(opened["sequences"].imu_start.values) == [0, 1000, 2000]
    assert len(opened["sequences"].attrs["scenarios"]) == 3
    assert opened["splits"].attrs["seed"] == 0xfedcba9876543210
    assert opened["vocab"].attrs["subjects"] == ["ada", "bob"]
    both = xarray.merge([imu, opened["truth"], opened["optical"].drop_vars("t")],
                        combine_attrs="drop")
    assert both.sizes["optical_sample"] == 750


main(sys.argv[1])
