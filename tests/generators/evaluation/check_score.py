# SPDX-License-Identifier: Apache-2.0
"""What wristsim score --json says, by scikit-learn and SciPy: DIR PREDICTIONS.csv SCORE.json SCHEMA."""
import csv
import json
import os
import sys

try:
    import jsonschema
    import numpy as np
    from scipy import special, stats
    from sklearn import metrics
except ImportError as error:
    print("SKIPPED:", error, file=sys.stderr)
    sys.exit(77)


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def same(found, expected, what):
    assert np.allclose(found, expected, rtol=0, atol=1e-9), (what, found, expected)


def check_windows(score, label, said, names):
    clean, ids = score["clean"], list(range(len(names)))
    occurring = sorted(set(label))
    assert clean["confusion"] == metrics.confusion_matrix(label, said, labels=ids).tolist()
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        label, said, labels=ids, zero_division=0)
    for key, values in ("precision", precision), ("recall", recall), ("f1", f1), ("support", support):
        same([c[key] for c in clean["classes"]], values, key)
    same(clean["macro_f1"], metrics.f1_score(label, said, labels=occurring, average="macro"), "macro F1")
    same(clean["worst_f1"], f1[occurring].min(), "worst F1")
    same(clean["accuracy"], metrics.accuracy_score(label, said), "accuracy")
    same(clean["balanced_accuracy"], metrics.balanced_accuracy_score(label, said), "balanced")


def check_open_set(score, p, unseen_class, unseen):
    confidence = p[:, ~unseen_class].max(axis=1)
    same(score["open_set"]["auroc"], metrics.roc_auc_score(~unseen, confidence), "AUROC")
    false, true, _ = metrics.roc_curve(~unseen, confidence, drop_intermediate=False)
    same(score["open_set"]["fpr95"], false[np.argmax(true >= 0.95 - 1e-12)], "FPR95")


def check_seen(score, p, label, unseen_class, unseen):
    """Calibrated stacking, one handicap after the other."""
    margin = p[:, ~unseen_class].max(axis=1) - p[:, unseen_class].max(axis=1)
    steps = np.unique(margin)
    curve = []
    for handicap in np.concatenate([[-2], (steps[1:] + steps[:-1]) / 2, [2]]):
        said = (p - handicap * ~unseen_class).argmax(axis=1)
        curve.append([metrics.balanced_accuracy_score(label[of], said[of]) if len(set(label[of]))
                      else 0 for of in (unseen, ~unseen)])
    curve = np.array(curve)
    same(score["seen_unseen"]["curve"], curve, "curve")
    same(score["seen_unseen"]["area_under_curve"], metrics.auc(curve[:, 0], curve[:, 1]), "area")
    said = p.argmax(axis=1)
    u, s = (metrics.recall_score(label[of], said[of], labels=sorted(set(label[of])), average="macro")
            for of in (unseen, ~unseen))
    same(score["seen_unseen"]["harmonic_mean"], stats.hmean([u, s]), "harmonic mean")


def check_calibration(score, confidence, right):
    edges = np.linspace(0, 1, 16)
    bins = np.clip(np.digitize(confidence, edges, right=True) - 1, 0, 14)
    error = sum(abs(right[bins == b].sum() - confidence[bins == b].sum()) for b in range(15))
    same(score["calibration"]["error_equal_width"], error / len(right), "ECE")


def check_few_shot(score, windows, p, label):
    shots, episode = (np.array([int(w[key]) for w in windows]) for key in ("shots", "episode"))
    assert [f["shots"] for f in score["few_shot"]] == sorted(set(shots) - {0})
    for entry in score["few_shot"]:
        values = []
        for e in sorted(set(episode[shots == entry["shots"]])):
            of = (shots == entry["shots"]) & (episode == e)
            classes = np.array(sorted(set(label[of])))
            said = classes[p[of][:, classes].argmax(axis=1)]
            values.append(metrics.balanced_accuracy_score(label[of], said))
        same(entry["mean"], np.mean(values), "few-shot mean")
        half = stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)
        assert abs(entry["half_width_95"] - half) < 1e-4, (entry, half)


def check_degradation(score, windows, label, said):
    at = {w["window"]: i for i, w in enumerate(windows)}
    for corruption in score["degradation"]["corruptions"]:
        for entry in corruption["severities"]:
            of = [i for i, w in enumerate(windows) if w["corruption"] == corruption["name"]
                  and w["severity"] == str(entry["severity"])]
            twins = [at[windows[i]["twin"]] for i in of]
            f1, clean = (metrics.f1_score(label[rows], said[rows], labels=sorted(set(label[rows])),
                                          average="macro") for rows in (of, twins))
            same([entry["macro_f1"], entry["relative"]], [f1, f1 / clean], "degradation")
            same([entry["balanced_accuracy"], entry["clean_balanced_accuracy"]],
                 [metrics.balanced_accuracy_score(label[r], said[r]) for r in (of, twins)], "balanced")


def check_contexts(score, windows, clean, label, said):
    context, split = (np.array([w[key] for w in windows]) for key in ("context", "split"))
    assert [c["name"] for c in score["contexts"]] == sorted(set(context) - {"", "daily"})
    for entry in score["contexts"]:
        for part, of in ("all", context == entry["name"]), ("seen", (context == entry["name"]) & (split == "seen")):
            occurring = sorted(set(label[of]))
            twins = clean & np.isin(label, occurring)
            f1, plain = (metrics.f1_score(label[rows], said[rows], labels=occurring, average="macro")
                         for rows in (of, twins))
            same([entry[part][key] for key in ("macro_f1", "clean_macro_f1", "relative")],
                 [f1, plain, f1 / plain], "context F1")
            same(entry[part]["balanced_accuracy"],
                 metrics.recall_score(label[of], said[of], labels=occurring, average="macro"), "context recall")


def check_near_far(score, answers, p, label, unseen_class):
    far = np.array([c["far_in"] == [0] for c in answers["classes"]])
    for name, classes in ("near", unseen_class & ~far), ("far", far):
        of = classes[label]
        among = np.where(unseen_class, p[of], -1).argmax(axis=1)
        for key, said in ("unseen_among_unseen", among), ("unseen_among_all", p[of].argmax(axis=1)):
            same(score["seen_unseen"][name][key], metrics.recall_score(
                label[of], said, labels=sorted(set(label[of])), average="macro"), (name, key))


def check_attributes(score, answers, values, label, unseen):
    means = {"auc": [], "unseen_auc": []}
    for k, attribute in enumerate(answers["attributes"]):
        declared = np.array(attribute["classes"])[label]
        for key, of in ("auc", declared >= 0), ("unseen_auc", unseen):
            of = of & np.isin(declared, (0, 1))
            means[key].append(metrics.roc_auc_score(declared[of], values[of, k]))
            same(score["attributes"]["attributes"][k][key], means[key][-1], attribute["name"])
    same(score["attributes"]["mean_auc"], np.mean(means["auc"]), "mean AUC")
    same(score["attributes"]["unseen_mean_auc"], np.mean(means["unseen_auc"]), "mean AUC of unseen")


def check_corruption_error(score, fixed):
    ratios = []
    for own, base in zip(score["degradation"]["corruptions"], fixed["degradation"]["corruptions"]):
        error, of = (np.array([[1 - s["balanced_accuracy"], 1 - s["clean_balanced_accuracy"]]
                               for s in c["severities"]]) for c in (own, base))
        ratios.append([error[:, 0].sum() / of[:, 0].sum(),
                       (error[:, 0] - error[:, 1]).sum() / (of[:, 0] - of[:, 1]).sum()])
    same([score["corruption_error"]["mean"], score["corruption_error"]["mean_relative"]],
         np.mean(ratios, axis=0), "mean corruption error")


def main(folder, predictions, score_file, schema):
    with open(os.path.join(folder, "answers.json"), encoding="utf-8") as file:
        answers = json.load(file)
    with open(schema, encoding="utf-8") as file:
        jsonschema.validate(answers, json.load(file))
    with open(score_file, encoding="utf-8") as file:
        score = json.load(file)
    names = [c["name"] for c in answers["classes"]]
    windows = rows(os.path.join(folder, answers["windows"]["file"]))
    by_id = {row["window"]: row for row in rows(predictions)}
    p = special.softmax([[float(by_id[w["window"]][n]) for n in names] for w in windows], axis=1)
    label = np.array([names.index(w["label"]) for w in windows])
    said = p.argmax(axis=1)
    clean = np.array([w["corruption"] == w["context"] == "" and w["shots"] == "0" for w in windows])
    unseen = np.array([w["split"] == "unseen" for w in windows])
    unseen_class = np.array([c["unseen_in"] == [0] for c in answers["classes"]])
    check_windows(score, label[clean], said[clean], names)
    check_open_set(score, p[clean], unseen_class, unseen[clean])
    check_seen(score, p[clean], label[clean], unseen_class, unseen[clean])
    check_calibration(score, p[clean].max(axis=1), (said == label)[clean])
    check_few_shot(score, windows, p, label)
    check_degradation(score, windows, label, said)
    check_contexts(score, windows, clean, label, said)
    check_near_far(score, answers, p[clean], label[clean], unseen_class)
    by_id = {row["window"]: row for row in rows(os.path.join(folder, "a.csv"))}
    values = np.array([[float(by_id[w["window"]][a["name"]]) for a in answers["attributes"]] for w in windows])
    check_attributes(score, answers, values[clean], label[clean], unseen[clean])
    with open(os.path.join(folder, "fixed.json"), encoding="utf-8") as file:
        check_corruption_error(score, json.load(file))


main(*sys.argv[1:])
