// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cstdio>

#include "generators/manifest/write_manifest.h"

namespace wrist {
namespace {

// A YAML scalar that no reader takes for anything but text.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// A cell of a Markdown table.
std::string cell(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += c == '|' ? std::string("\\|") : std::string(1, c == '\n' ? ' ' : c);
  return out;
}

std::string hours(double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3f", seconds / 3600);
  return text.data();
}

// Hugging Face's names of sizes.
std::string size_category(std::int64_t rows) {
  const std::array<std::pair<std::int64_t, const char*>, 5> kSizes = {{{1000, "n<1K"},
                                                                       {10000, "1K<n<10K"},
                                                                       {100000, "10K<n<100K"},
                                                                       {1000000, "100K<n<1M"},
                                                                       {10000000, "1M<n<10M"}}};
  for (const auto& [most, name] : kSizes)
    if (rows < most) return name;
  return "n>10M";
}

std::string head(const DatasetRecord& r) {
  std::string text = "---\npretty_name: " + quoted(r.title) + "\nlicense: " + quoted(r.license) +
                     "\nsize_categories:\n- " + quoted(size_category(r.sequences())) +
                     "\nannotations_creators:\n- machine-generated\nsource_datasets:\n";
  for (const auto& clip : r.clips)
    text.append("- ").append(quoted("clip " + clip.name)).append("\n");
  if (r.clips.empty()) text += "- original\n";
  return text +
         "tags:\n- synthetic\n- imu\n- ppg\n- har\n"
         "configs:\n- config_name: sequences\n  data_files: sequences.csv\n"
         "- config_name: events\n  data_files: events.csv\n---\n";
}

std::string row(const std::string& name, std::int64_t sequences, std::int64_t events,
                double seconds) {
  return "| " + cell(name) + " | " + std::to_string(sequences) + " | " + std::to_string(events) +
         " | " + hours(seconds) + " |\n";
}

std::string table(const std::string& title, const std::vector<Tally>& all) {
  std::string text = "\n| " + title + " | recordings | events | hours |\n|---|---|---|---|\n";
  for (const Tally& t : all) text += row(t.name, t.sequences, t.events, t.seconds);
  return text;
}

std::string class_table(const DatasetRecord& r) {
  std::string text =
      "\n| class | definition | recordings | events | windows | labelled hours |\n"
      "|---|---|---|---|---|---|\n";
  for (const auto& c : r.classes)
    text += "| " + cell(c.info.name) + " | " + cell(c.info.definition) + " | " +
            std::to_string(c.sequences) + " | " + std::to_string(c.events) + " | " +
            std::to_string(c.windows) + " | " + hours(c.labelled_s) + " |\n";
  return text;
}

std::string origin(const DatasetRecord& r) {
  std::string text = "Simulated by wristsim " + r.generator_version + " (";
  for (std::size_t i = 0; i < r.commits.size(); ++i)
    text.append(i == 0 ? "" : ", ").append(r.commits[i]);
  text += ") from the recipe " + r.recipe_sha256 + ", seed " + std::to_string(r.seed) +
          ". No person was measured.\n";
  if (r.planned > r.sequences())
    text.append("\n")
        .append(std::to_string(r.planned - r.sequences()) + " of " + std::to_string(r.planned))
        .append(" planned recordings failed and are left out.\n");
  if (r.clips.empty()) return text;
  text += "\nDriven by motion clips, whose licences hold too:\n\n| clip | SHA-256 |\n|---|---|\n";
  for (const auto& clip : r.clips)
    text.append("| ").append(cell(clip.name)).append(" | ").append(clip.sha256).append(" |\n");
  return text;
}

}  // namespace

std::string dataset_card(const DatasetRecord& r) {
  return head(r) + kCardMark + "\n\n# " + cell(r.title) + "\n\n" + std::to_string(r.sequences()) +
         " recordings, " + hours(r.seconds()) + " hours, " + std::to_string(r.subjects.size()) +
         " people, " + std::to_string(r.events()) + " events in " +
         std::to_string(r.shards.size()) + " shards.\n" +
         "\n## What it is\n\nWhat a watch on the wrist would record: accelerometer, gyroscope, "
         "optical "
         "sensor and, where the\nwatch has one, magnetometer; labels, events, and the truth beside "
         "every sample.\n" +
         class_table(r) + "\n## How it was made\n\n" + origin(r) + "\n## Splits\n\n" +
         cell(r.split_rule) + ".\n" + table("split", r.splits) + table("device", r.devices) +
         "\n## How to use it\n\n`manifest.json` holds every file with its SHA-256, the statistics "
         "of "
         "every channel, and the recipe.\n`sequences.csv`, `events.csv` and `classes.csv` say what "
         "lies where. Shards are HDF5:\n\n```python\nimport h5py\nf = h5py.File(\"" +
         (r.shards.empty() ? "shard.h5" : r.shards[0].file) +
         "\")\naccel = f[\"imu/accel\"][:] * f[\"imu/accel\"].attrs[\"scale_factor\"]   # m/s2, +g "
         "up "
         "at rest\n```\n\n## What it is not\n\nMeasured data. A model trained on it is to be "
         "tested "
         "on recordings of people.\n\n## Licence\n\n" +
         cell(r.license) + "\n";
}

}  // namespace wrist
