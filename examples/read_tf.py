# SPDX-License-Identifier: Apache-2.0
# Untested: Debian has no TensorFlow. python3 examples/read_tf.py out/quickstart
import sys, tensorflow as tf, wristsim
ds = wristsim.Dataset(sys.argv[1], split="train", dropped="mask")
kinds = (tf.TensorSpec((None, *ds[0]["x"].shape), tf.float32), tf.TensorSpec((None,), tf.int64))
pairs = lambda: ((b["x"], b["label"]) for b in ds.batches(32, shuffle=1))
print(next(iter(tf.data.Dataset.from_generator(pairs, output_signature=kinds).prefetch(2))))
