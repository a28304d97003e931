// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "generators/class_card.h"
#include "generators/dataset_commit.h"
#include "generators/evaluation/test_side.h"
#include "generators/export/output_files.h"
#include "generators/export/window_arrays.h"
#include "generators/manifest/csv.h"
#include "generators/sha256.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using namespace exports;
using nlohmann::json;

// A shard that windows are taken from, in any order.
struct Source {
  explicit Source(const fs::path& file)
      : shard(file),
        profile(read_profile(shard)),
        t(shard, "/imu/t"),
        accel(shard, "/imu/accel"),
        gyro(shard, "/imu/gyro") {
    if (profile.optical_length > 0) optical.emplace(shard, "/optical/counts");
  }
  Window read(std::int64_t row) {
    const ShardTables::Window& from = shard.tables().windows[static_cast<std::size_t>(row)];
    Window w;
    w.imu.resize(profile.imu_length, 6);
    w.imu.leftCols(3) = accel.read(from.imu_start, profile.imu_length);
    w.imu.rightCols(3) = gyro.read(from.imu_start, profile.imu_length);
    if (optical) w.optical = optical->read(from.optical_start, profile.optical_length);
    w.start_ns = t.read(from.imu_start, 1)(0, 0);
    return w;
  }

  Shard shard;
  Profile profile;
  CountReader<std::int64_t> t;
  CountReader<std::int16_t> accel, gyro;
  std::optional<CountReader<std::int32_t>> optical;
};

// The shards of one file of windows, opened once each.
class Sources {
 public:
  Source& of(const fs::path& file) {
    auto& source = open_[file];
    if (!source) {
      source = std::make_unique<Source>(file);
      require_same(open_.begin()->second->profile, open_.begin()->first, source->profile,
                   source->shard);
    }
    return *source;
  }

 private:
  std::map<fs::path, std::unique_ptr<Source>> open_;
};

// [first, last) of the answers' windows.
struct Range {
  std::size_t first = 0, last = 0;
};

std::vector<Range> ranges(const TestSide& side) {
  std::vector<Range> all(side.files.size());
  for (std::size_t i = 0; i < side.sources.size(); ++i) {
    Range& r = all[side.sources[i].file];
    if (r.last == 0) r.first = i;
    r.last = i + 1;
  }
  return all;
}

// "r000012" -> 12.
std::int32_t recording_number(const AnswerWindow& w) {
  return static_cast<std::int32_t>(std::stol(w.recording.substr(1)));
}

Attributes file_attributes(const TestSide& side, const Source& source) {
  Attributes all = profile_attributes(source.profile);
  all["set_id"] = side.answers.set_id;
  const Attributes root = source.shard.attributes("/");
  for (const char* name : {"license", "generator_version"})
    if (const auto found = root.find(name); found != root.end()) all.insert(*found);
  return all;
}

void write_file(const TestSide& side, Range range, const fs::path& temporary,
                const std::function<bool()>& stop) {
  constexpr std::size_t kAskEvery = 256;  // windows
  Sources sources;
  const Source& first = sources.of(side.sources[range.first].shard);
  std::vector<ArraySpec> arrays{
      imu_array(first.profile),
      start_array(),
      {"recording", Element::i4, {}, {{"long_name", "12 of the recording called r000012"}}}};
  if (first.profile.optical_length > 0) arrays.push_back(optical_array(first.profile));
  ArrayFile out(temporary, file_attributes(side, first), arrays,
                static_cast<std::int64_t>(range.last - range.first));
  for (std::size_t i = range.first; i < range.last; ++i) {
    require(i % kAskEvery != 0 || !stop || !stop(), ErrorKind::interrupted,
            "interrupted; the test side is not complete");
    const Window w = sources.of(side.sources[i].shard).read(side.sources[i].window);
    append_window(out, 0, w.imu);
    append_value(out, 1, w.start_ns);
    append_value(out, 2, recording_number(side.answers.windows[i]));
    if (w.optical.size() > 0) append_window(out, 3, w.optical);
  }
  out.close();
}

// Files of windows that an earlier set left here.
void remove_others(const TestSide& side, const fs::path& folder) {
  std::set<std::string> ours;
  for (const TestFile& f : side.files) ours.insert(f.name);
  std::vector<fs::path> others;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("windows-") && name.ends_with(".h5") && !ours.contains(name))
      others.push_back(entry.path());
  }
  for (const fs::path& file : others) fs::remove(file);
}

json write_index(const TestSide& side, const fs::path& folder) {
  CsvFile csv(folder / "windows.csv", "one window a row, in the order of the answers",
              {{"window", "Text", ""},
               {"file", "Text", ""},
               {"row", "Integer", ""},
               {"recording", "Text", ""},
               {"start_s", "Float", ""}});
  const std::vector<Range> all = ranges(side);
  for (std::size_t i = 0; i < side.sources.size(); ++i) {
    const AnswerWindow& w = side.answers.windows[i];
    const std::size_t file = side.sources[i].file;
    csv.add({w.id, side.files[file].name, std::to_string(i - all[file].first), w.recording,
             number_text(w.start_s)});
  }
  const DatasetRecord::TableFile about = csv.finish();
  csv.commit();
  return {{"file", about.file}, {"rows", about.rows}, {"sha256", about.sha256}};
}

json attribute_json(const AttributeSpec& a) {
  return {{"name", a.name},
          {"definition", a.definition},
          {"kind", to_string(a.kind)},
          {"unit", a.unit},
          {"levels", a.kind == AttributeKind::ordinal ? json(a.edges.size() + 1) : json(nullptr)}};
}

json class_json(const AnswerClass& c, const Assets& assets) {
  json all{{"name", c.name}, {"null", c.null}, {"event", c.event}};
  const auto info = assets.classes.find(c.name);
  if (info == assets.classes.end()) return all;
  all["definition"] = info->second.definition;
  all["descriptions"] = info->second.prompts;
  all["parent"] = info->second.parent;
  all["attributes"] = info->second.attributes;
  return all;
}

void write_classes(const TestSide& side, const Assets& assets, const fs::path& folder) {
  json attributes = json::array(), classes = json::array();
  for (const AttributeSpec& a :
       read_attribute_schema(assets.folder / "classes" / "attributes.toml"))
    attributes.push_back(attribute_json(a));
  for (const AnswerClass& c : side.answers.classes) classes.push_back(class_json(c, assets));
  const json all{{"set_id", side.answers.set_id},
                 {"undeclared", kUndeclared},
                 {"attributes", attributes},
                 {"classes", classes}};
  write_text_file(folder / "classes.json", all.dump(1) + "\n");
}

json file_json(const TestSide& side, std::size_t file, Range range, const fs::path& folder) {
  const TestFile& f = side.files[file];
  const TestPart& part = side.parts[f.part];
  return {{"file", f.name},
          {"sha256", file_sha256(folder / f.name)},
          {"windows", range.last - range.first},
          {"watch", f.watch},
          {"part", part.name},
          {"context", part.context},
          {"corruption", part.corruption},
          {"severity", part.severity}};
}

}  // namespace

void write_public(const TestSide& side, const Assets& assets, const fs::path& folder,
                  const std::function<bool()>& stop) {
  OutputFiles files(true);
  const std::vector<Range> all = ranges(side);
  for (std::size_t f = 0; f < side.files.size(); ++f)
    if (all[f].last > 0) write_file(side, all[f], files.add(folder / side.files[f].name), stop);
  fs::remove(folder / "manifest.json");
  files.commit();
  remove_others(side, folder);
  const json index = write_index(side, folder);
  write_classes(side, assets, folder);
  json list = json::array();
  for (std::size_t f = 0; f < side.files.size(); ++f)
    if (all[f].last > 0) list.push_back(file_json(side, f, all[f], folder));
  const json manifest{
      {"schema_version", 1},
      {"set_id", side.answers.set_id},
      {"title", side.answers.title},
      {"window_s", side.answers.window_s},
      {"windows", index},
      {"classes", {{"file", "classes.json"}, {"sha256", file_sha256(folder / "classes.json")}}},
      {"files", list}};
  write_text_file(folder / "manifest.json", manifest.dump(1) + "\n");
}

}  // namespace wrist::evaluation
