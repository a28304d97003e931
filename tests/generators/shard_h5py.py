# SPDX-License-Identifier: Apache-2.0
"""A shard as h5py sees it: types, shapes, dimensions, attributes and its own content hash."""
import hashlib
import sys

try:
    import h5py
    import numpy as np
except ImportError as error:
    print("SKIPPED:", error, file=sys.stderr)
    sys.exit(77)

ALLOWED = {"i1", "i2", "i4", "i8", "u1", "u8", "f4", "f8"}


def datasets(file):
    """Every dataset that holds values, by path."""
    found = {}
    file.visititems(lambda name, item: found.update({"/" + name: item})
                    if isinstance(item, h5py.Dataset) and not h5py.h5ds.is_scale(item.id) else None)
    return found


def check_types(file):
    for path, dataset in datasets(file).items():
        assert dataset.dtype.str[1:] in ALLOWED, path
        assert dataset.chunks[0] == 1024 and dataset.shuffle and dataset.fletcher32, path
        assert dataset.compression == "gzip", path
        for axis, length in enumerate(dataset.shape):
            assert len(dataset.dims[axis]) == 1, path + " has a dimension without a scale"
            assert dataset.dims[axis][0].shape == (length,), path


def check_text(file):
    ours = lambda name: name not in {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST"}
    objects = [file]
    file.visititems(lambda _, item: objects.append(item))
    for item in objects:
        for name, value in item.attrs.items():
            assert not ours(name) or not isinstance(value, bytes), (item.name, name)
            if ours(name) and isinstance(value, np.ndarray) and value.dtype == object:
                assert all(isinstance(text, str) for text in value), (item.name, name)


def check_imu(imu):
    accel = imu["accel"]
    assert accel.shape == (3000, 3) and accel.dtype == np.int16
    assert [d[0].name for d in accel.dims] == ["/imu/imu_sample", "/imu/axis"]
    assert accel.attrs["units"] == "m s-2" and accel.attrs["scale_factor"] == np.float32(0.0025)
    assert accel.attrs["_FillValue"] == -32768 and accel.attrs["_FillValue"].dtype == np.int16
    assert "add_offset" not in accel.attrs
    rows = np.arange(1000)
    assert (accel[1000:2000, 1] == (7919 + rows * 131 + 17) % 60000 - 30000).all()
    assert imu["flags"].attrs["flag_masks"].dtype == np.uint8
    assert imu["class_id"].attrs["flag_meanings"] == "unlabelled walk double_tap"
    assert list(imu["class_id"].attrs["flag_values"]) == [-1, 0, 1]


def content_sha256(file):
    total = hashlib.sha256()
    found = datasets(file)
    for path in sorted(found):
        values = found[path][...]
        shape = ",".join(map(str, values.shape))
        digest = hashlib.sha256(values.tobytes()).hexdigest()
        total.update(f"{path} {values.dtype.str[1:]} {shape} {digest}\n".encode())
    return total.hexdigest()


def main(path):
    with h5py.File(path) as file:
        assert file.attrs["title"] == "Kleine Übung" and file.attrs["Conventions"] == "CF-1.10"
        assert file.attrs["complete"] == 1 and file.attrs["schema_version"] == 1
        assert file.attrs["seed"] == 0xfedcba9876543210
        assert list(file["imu"].attrs) == ["frame", "rate_hz"]
        assert list(file["classes"].attrs["names"]) == ["walk", "double tap"]
        assert {"sequences", "events", "windows", "splits", "classes", "vocab"} < set(file)
        check_types(file)
        check_text(file)
        check_imu(file["imu"])
        assert file["truth/gap"].dtype == np.float64 and file["truth/position"].dtype == np.float32
        assert content_sha256(file) == file.attrs["content_sha256"]


main(sys.argv[1])
