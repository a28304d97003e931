// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/stress_suite.h"

#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"
#include "generators/evaluation/answer_attributes.h"
#include "generators/evaluation/test_side.h"
#include "generators/run.h"
#include "generators/sha256.h"
#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kSetFile = "set.json";

struct Planned {
  StressPart part;
  Recipe recipe;
};

// All of them first: a mistake in the last is found before the first is made.
std::vector<Planned> plan_parts(const StressOptions& o, const Assets& assets) {
  std::vector<Planned> planned;
  for (const StressPart& part : stress_parts(stress_specs(assets), o.choice))
    planned.push_back({part, stress_recipe(o, part, assets)});
  return planned;
}

fs::path shards_of(const StressOptions& o, const StressPart& part) {
  return o.out / "answers" / "shards" / part.name;
}

std::string part_error(const StressPart& part, const std::string& text) {
  return (part.name == "clean" ? "" : part.name + ": ") + text;
}

// A folder of another part would lie in the suite without being of it.
void check_folder(const StressOptions& o, const std::vector<Planned>& planned) {
  const fs::path shards = o.out / "answers" / "shards";
  if (!fs::is_directory(shards)) return;
  for (const auto& entry : fs::directory_iterator(shards)) {
    bool known = false;
    for (const Planned& p : planned) known = known || p.part.name == entry.path().filename();
    require(known, ErrorKind::usage,
            entry.path().string() +
                ": expected a part of this suite, found another; choose "
                "another --out, or the corruptions of before");
  }
}

StressReport::Part make_part(const StressOptions& o, const Planned& planned, const Assets& assets) {
  RunOptions options;
  options.out = shards_of(o, planned.part);
  options.jobs = o.jobs;
  options.stop = o.stop;
  if (o.progress)
    options.progress = [&](const Progress& p) { o.progress(planned.part.name, p.done, p.total); };
  const RunReport report = run(planned.recipe, assets, options);
  require_all_made(report, planned.part.name);
  StressReport::Part made{planned.part, recipe_sha256(planned.recipe), {}, 0, true};
  for (const RunReport::Shard& shard : report.shards) {
    made.content_sha256.push_back(shard.content_sha256);
    made.skipped = made.skipped && shard.skipped;
  }
  return made;
}

// The same for the same recordings, whoever makes them.
std::string id_of(const StressReport& report) {
  constexpr std::size_t kDigits = 12;
  std::string all;
  for (const StressReport::Part& part : report.parts)
    all += part.made.name + " " + part.recipe_sha256 + "\n";
  return "stress-" + sha256(all).substr(0, kDigits);
}

void write_sides(const StressOptions& o, StressReport& report, std::uint64_t seed,
                 const Assets& assets) {
  std::vector<TestPart> parts;
  for (const StressReport::Part& p : report.parts)
    parts.push_back(
        {p.made.name, shards_of(o, p.made), p.made.context, p.made.corruption, p.made.severity});
  TestSide side = read_test_side(parts, {report.set_id, report.title, seed});
  side.answers.attributes = binary_attributes(side.answers.classes, assets);
  for (const WindowSource& source : side.sources) ++report.parts[source.part].windows;
  write_public(side, assets, o.out / "test", o.stop);
  write_answers(side.answers, o.out / "answers");
}

}  // namespace

std::vector<StressSpec> stress_specs(const Assets& assets) {
  return read_stress_specs(assets.folder / "stress");
}

Recipe stress_recipe(const StressOptions& o, const StressPart& part, const Assets& assets) {
  std::vector<std::string> overrides = o.set;
  overrides.insert(overrides.end(), part.set.begin(), part.set.end());
  try {
    return read_recipe(o.recipe, overrides, assets);
  } catch (const Error& error) {
    throw Error(error.kind(), part_error(part, error.what()));
  }
}

StressReport make_stress(const StressOptions& o, const Assets& assets) {
  const std::vector<Planned> planned = plan_parts(o, assets);
  check_folder(o, planned);
  std::error_code status;
  fs::remove(o.out / kSetFile, status);  // until all of it is there again
  StressReport report;
  report.title = planned.front().recipe.title;
  for (const Planned& p : planned) report.parts.push_back(make_part(o, p, assets));
  report.set_id = id_of(report);
  write_sides(o, report, planned.front().recipe.seed, assets);
  write_text_file(o.out / kSetFile, to_json(report) + "\n");
  return report;
}

std::string to_json(const StressReport& report) {
  json parts = json::array();
  for (const StressReport::Part& p : report.parts)
    parts.push_back({{"name", p.made.name},
                     {"corruption", p.made.corruption},
                     {"severity", p.made.severity},
                     {"context", p.made.context},
                     {"says", p.made.says},
                     {"set", p.made.set},
                     {"recipe_sha256", p.recipe_sha256},
                     {"content_sha256", p.content_sha256},
                     {"windows", p.windows}});
  return json{{"schema_version", 1},
              {"kind", "stress"},
              {"set_id", report.set_id},
              {"title", report.title},
              {"generator_version", version()},
              {"parts", parts}}
      .dump(2);
}

}  // namespace wrist::evaluation
