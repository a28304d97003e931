# SPDX-License-Identifier: Apache-2.0
# /usr/bin/python3 examples/read_xarray.py out/quickstart/shard-00000-of-00001.h5
import sys, xarray
imu = xarray.open_dataset(sys.argv[1], group="imu")  # scaled to SI units, lost samples NaN
rows = xarray.open_dataset(sys.argv[1], group="sequences")[["imu_start", "imu_count"]].isel(sequence=0)
print(imu.accel[int(rows.imu_start):int(rows.imu_start + rows.imu_count)].std("imu_sample"))
