# SPDX-License-Identifier: Apache-2.0
# PYTHONPATH=build/release/python /usr/bin/python3 examples/read_torch.py out/quickstart
import sys, torch, wristsim
ds = wristsim.Dataset(sys.argv[1], split="train", dropped="mask")
for batch in torch.utils.data.DataLoader(ds, batch_size=32, sampler=ds.order(seed=1), num_workers=2):
    print(batch["x"].shape, [ds.classes[k] for k in batch["label"][:4]])
