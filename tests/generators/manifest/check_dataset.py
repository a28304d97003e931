# SPDX-License-Identifier: Apache-2.0
"""A merged dataset as other tools see it: everything merge says, counted again."""
import csv
import hashlib
import json
import os
import sys

try:
    import h5py
    import jsonschema
    import numpy as np
    import yaml
except ImportError as error:
    print("SKIPPED:", error, file=sys.stderr)
    sys.exit(77)

INDEX_TABLES = {"sequences", "events", "windows", "splits", "classes", "vocab"}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def rows(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def check_files(folder, manifest):
    for entry in manifest["shards"] + manifest["tables"]:
        path = os.path.join(folder, entry["file"])
        assert os.path.getsize(path) == entry["bytes"] and sha256(path) == entry["sha256"], path
    for table in manifest["tables"]:
        found = rows(folder, table["file"])
        assert len(found) == table["rows"] and list(found[0]) == table["columns"], table["file"]


def read_shards(folder, manifest):
    """Every measure of every watch, and the tables, joined over the shards."""
    values, sequences, events = {}, [], []
    for entry in manifest["shards"]:
        with h5py.File(os.path.join(folder, entry["file"])) as f:
            assert f.attrs["content_sha256"] == entry["content_sha256"]
            assert f.attrs["shard_index"] == entry["index"]
            watch = f["imu"].attrs["watch"]
            assert watch == entry["watch"]
            for group in set(f) - INDEX_TABLES:
                for name, data in f[group].items():
                    if h5py.h5ds.is_scale(data.id) or data.dtype.str[1:] in ("i8", "u1"):
                        continue
                    if name == "class_id":
                        continue
                    x = data[...].astype(float).reshape(len(data), -1)
                    if "_FillValue" in data.attrs:
                        x[x == data.attrs["_FillValue"]] = np.nan
                    x = x * float(data.attrs.get("scale_factor", 1))
                    values.setdefault((watch, data.name), []).append(x)
            names = list(f["classes"].attrs["names"])
            subjects = list(f["vocab"].attrs["subjects"])
            splits = f["sequences/split"].attrs["flag_meanings"].split()
            offset = len(sequences)
            for i in range(len(f["sequences/index"])):
                start, count = f["sequences/imu_start"][i], f["sequences/imu_count"][i]
                sequences.append({"class": names[f["sequences/class_id"][i]],
                                  "subject": subjects[f["sequences/subject"][i]],
                                  "split": splits[f["sequences/split"][i] + 1],
                                  "seed": str(f["sequences/seed"][i]),
                                  "samples": f["imu/class_id"][start:start + count],
                                  "names": names,
                                  "windows": f["windows/class_id"][f["windows/sequence"][:] == i],
                                  "duration": f["sequences/duration"][i]})
            event_names = list(f["events"].attrs["names"])
            for k in range(len(f["events/sequence"])):
                events.append({"sequence": str(offset + f["events/sequence"][k]),
                               "start_ns": str(f["events/start_ns"][k]),
                               "end_ns": str(f["events/end_ns"][k]),
                               "class": event_names[f["events/class_id"][k]]})
    return values, sequences, events


def check_statistics(manifest, values):
    assert len(manifest["statistics"]) == len(values)
    for s in manifest["statistics"]:
        x = np.concatenate(values[s["watch"], s["path"]])
        there = ~np.isnan(x)
        assert list(there.sum(0)) == s["count"] and list((~there).sum(0)) == s["missing"], s["path"]
        spread = np.nanmax(np.abs(x)) + 1e-300
        for name, expected in (("mean", np.nanmean(x, 0)), ("sd", np.nanstd(x, 0))):
            assert np.allclose(s[name], expected, rtol=1e-9, atol=1e-9 * spread), (s["path"], name)
        for name, expected in (("min", np.nanmin(x, 0)), ("max", np.nanmax(x, 0))):
            assert np.allclose(s[name], expected, rtol=1e-6), (s["path"], name)
    lost = [s for s in manifest["statistics"] if s["path"] == "/imu/accel"]
    if manifest["recipe"]["transport"]["loss"][0] > 1:
        assert all(min(s["missing"]) > 0 for s in lost), "no sample was lost"


def check_counts(manifest, sequences, events):
    counts = manifest["counts"]
    assert counts["sequences"] == len(sequences) and counts["events"] == len(events)
    assert np.isclose(counts["hours"] * 3600, sum(s["duration"] for s in sequences))
    assert counts["windows"] == sum(len(s["windows"]) for s in sequences)
    for c in manifest["classes"]:
        of = [s for s in sequences if s["class"] == c["name"]]
        assert c["sequences"] == len(of)
        assert np.isclose(c["hours"] * 3600, sum(s["duration"] for s in of))
        assert c["events"] == sum(e["class"] == c["name"] for e in events)
        assert c["samples"] == sum(int((s["samples"] == c["id"]).sum()) for s in sequences)
        assert c["windows"] == sum(int((s["windows"] == c["id"]).sum()) for s in sequences)
        assert sequences[0]["names"][c["id"]] == c["name"]
    assert sum(c["samples"] for c in manifest["classes"]) > 0
    for key, tallies in (("subject", manifest["subjects"]), ("split", manifest["splits"]["tables"])):
        for tally in tallies:
            of = {str(i) for i, s in enumerate(sequences) if s[key] == tally["name"]}
            assert tally["sequences"] == len(of), tally
            assert tally["events"] == sum(e["sequence"] in of for e in events), tally
    members = manifest["splits"]["subjects"]
    assert sum(map(len, members.values())) == counts["subjects"], "a person is in two splits"
    for s in sequences:
        assert s["subject"] in members[s["split"]]


def check_tables(folder, sequences, events):
    for line, expected in zip(rows(folder, "sequences.csv"), sequences):
        assert all(line[key] == expected[key] for key in ("class", "subject", "split", "seed"))
        assert np.isclose(float(line["duration_s"]), expected["duration"])
        assert int(line["imu_count"]) == len(expected["samples"])
    for line, expected in zip(rows(folder, "events.csv"), events):
        assert all(line[key] == expected[key] for key in expected), (line, expected)


def check_croissant(folder, manifest):
    with open(os.path.join(folder, "croissant.json"), encoding="utf-8") as file:
        c = json.load(file)
    assert c["conformsTo"][0] == "http://mlcommons.org/croissant/1.1" and c["@type"] == "sc:Dataset"
    assert c["rai:hasSyntheticData"] is True and "prov:wasGeneratedBy" in c
    files = {f["@id"]: f for f in c["distribution"] if f["@type"] == "cr:FileObject"}
    listed = {e["file"]: e for e in manifest["shards"] + manifest["tables"]}
    assert set(files) == set(listed)
    for name, entry in listed.items():
        assert files[name]["sha256"] == entry["sha256"]
        assert files[name]["contentSize"] == f"{entry['bytes']} B"
    ids = {f["@id"] for r in c["recordSet"] for f in r["field"]}
    for record_set in c["recordSet"]:
        for field in record_set["field"]:
            source = field["source"]
            table = rows(folder, source["fileObject"]["@id"])
            assert source["extract"]["column"] in table[0], field["@id"]
            assert field["dataType"] in {"sc:Integer", "sc:Float", "sc:Text", "sc:Boolean"}
            cast = {"sc:Integer": int, "sc:Float": float}.get(field["dataType"], str)
            for line in table:
                if line[field["name"]]:
                    cast(line[field["name"]])
            assert field.get("references", {}).get("field", {}).get("@id", field["@id"]) in ids
    sources = [s["sha256"] for s in c.get("prov:wasDerivedFrom", [])]
    assert sources == [clip["sha256"] for clip in manifest["clips"]]


def check_card(folder, manifest):
    with open(os.path.join(folder, "README.md"), encoding="utf-8") as file:
        _, head, body = file.read().split("---\n", 2)
    head = yaml.safe_load(head)
    assert head["pretty_name"] == manifest["title"] and head["license"] == manifest["license"]
    assert "synthetic" in head["tags"] and head["annotations_creators"] == ["machine-generated"]
    for config in head["configs"]:
        assert os.path.exists(os.path.join(folder, config["data_files"]))
    for c in manifest["classes"]:
        assert f"| {c['name']} |" in body
    assert manifest["recipe_sha256"] in body
    assert f"{manifest['counts']['sequences']} recordings" in body


def check_schema(manifest, path):
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    check = jsonschema.Draft7Validator(schema)
    check.validate(manifest)
    for broken in ({**manifest, "extra": 1}, {**manifest, "seed": -1}, {**manifest, "shards": []},
                   {k: v for k, v in manifest.items() if k != "counts"}):
        assert not check.is_valid(broken)


def main(folder, schema):
    with open(os.path.join(folder, "manifest.json"), encoding="utf-8") as file:
        manifest = json.load(file)
    check_schema(manifest, schema)
    check_files(folder, manifest)
    values, sequences, events = read_shards(folder, manifest)
    check_statistics(manifest, values)
    check_counts(manifest, sequences, events)
    check_tables(folder, sequences, events)
    check_croissant(folder, manifest)
    check_card(folder, manifest)


main(*sys.argv[1:])
