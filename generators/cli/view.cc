// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/library.h"
#include "generators/pages/page.h"
#include "generators/pages/recording_page.h"
#include "generators/perform.h"
#include "generators/run.h"
#include "motions/export_bvh.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options {
  std::string path, clip, class_name, out, fidelity;
  std::int64_t sequence = 0;
  std::vector<std::string> set;
  bool json = false;
};

// A folder of its own that goes when it is left.
class ScratchFolder {
 public:
  ScratchFolder()
      : path_(fs::temp_directory_path() / ("wristsim-view-" + std::to_string(getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

// The shipped recipe with one recording of what was asked for; later overrides win.
Recipe one_recording(const Options& o, const Assets& assets) {
  const bool clip = !o.clip.empty();
  std::vector<std::string> set;
  if (clip) {
    set = {"motions.clips=" + quoted(fs::absolute(o.clip).string()), "recordings=1"};
  } else {
    library_class(assets, o.class_name);  // says which there are
    set = {"motions.classes=[" + quoted(o.class_name) + "]", "recordings=1"};
  }
  if (!o.fidelity.empty()) set.push_back("fidelity=" + quoted(o.fidelity));
  set.insert(set.end(), o.set.begin(), o.set.end());
  return read_recipe(assets.folder / "recipes" / (clip ? "clips.toml" : "quickstart.toml"), set,
                     assets);
}

void check_clip(const std::string& file) {
  require(fs::exists(file), ErrorKind::io, file + ": there is no such file");
  require(!fs::is_directory(file), ErrorKind::usage,
          file + ": is a folder; view shows one clip file");
}

// Makes the recording in a scratch shard, so that one path leads to a page.
std::string simulated(const Options& o, const Assets& assets) {
  if (!o.clip.empty()) check_clip(o.clip);
  const ScratchFolder scratch;
  const RunReport report =
      run(one_recording(o, assets), assets, {scratch.path(), 1, false, {}, interrupted});
  for (const RunReport::Failure& failure : report.failures)
    throw Error(static_cast<ErrorKind>(failure.exit_code), failure.error);
  return recording_json(Shard(scratch.path() / report.shards.at(0).file), 0);
}

// The `sequence`-th recording, counted over the shards of a folder in the order of their names.
std::string recorded(const Options& o) {
  const std::vector<fs::path> files = find_shards(o.path);
  if (files.size() == 1) return recording_json(Shard(files[0]), o.sequence);
  std::int64_t before = 0;
  for (const fs::path& file : files) {
    const Shard shard(file);
    const std::int64_t count = std::ssize(shard.tables().sequences);
    if (o.sequence >= 0 && o.sequence - before < count)
      return recording_json(shard, o.sequence - before);
    before += count;
  }
  throw Error(ErrorKind::usage, o.path + ": no sequence " + std::to_string(o.sequence) +
                                    "; its shards hold 0 to " + std::to_string(before - 1));
}

// The motion alone, for other tools to show.
void write_bvh(const Options& o, const Assets& assets) {
  require(o.path.empty(), ErrorKind::usage, "view: a .bvh is made from --clip or --class");
  if (!o.clip.empty()) check_clip(o.clip);
  const Recipe recipe = one_recording(o, assets);
  const Scenario s = draw_scenario(recipe, assets, 0);
  const ArmModel arm = build_arm(s.subject, s.side);
  export_bvh(perform(s, arm, assets, ClipLibrary(recipe.clips, 1), Rng(s.seed) / "motion"), arm,
             std::filesystem::path(o.out));
}

int view(const Options& o) {
  require(!o.path.empty() + !o.clip.empty() + !o.class_name.empty() == 1, ErrorKind::usage,
          "view: expected one of SHARD, --clip FILE and --class NAME");
  const Assets assets = load_assets(find_assets());
  const bool bvh = fs::path(o.out).extension() == ".bvh";
  if (bvh)
    write_bvh(o, assets);
  else
    write_page(assets.folder / "viewer" / "recording.html",
               o.path.empty() ? simulated(o, assets) : recorded(o), o.out);
  const auto bytes = fs::file_size(o.out);
  if (o.json)
    std::cout << json{{"page", o.out}, {"bytes", bytes}}.dump() << '\n';
  else
    std::cout << o.out << "  " << format_bytes(static_cast<double>(bytes))
              << (bvh ? ", the motion alone\n" : ", opens in any browser\n");
  return 0;
}

}  // namespace

void add_view(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "view",
      "Makes a page that plays one recording: the arm and watch, signals, labels, truth.\n\n"
      "  wristsim view out/quickstart --sequence 4 -o pinch.html\n"
      "  wristsim view --class double_pinch -o pinch.html\n"
      "  wristsim view --clip walk.bvh -o walk.html\n"
      "  wristsim view --class drink -o drink.bvh              the motion alone, for other tools\n"
      "  wristsim view --class walk --set 'wear.pressure=\"0.4 kPa\"' -o loose.html\n");
  command->add_option("path", o->path, "shard or folder of shards");
  command->add_option("--sequence", o->sequence, "which recording, from 0");
  command->add_option(
      "--clip", o->clip,
      "a clip (BVH, FBX, glTF, Collada) or a tracked hand (Leap JSON) instead of a shard");
  command->add_option("--class", o->class_name, "a class of the library instead of a shard");
  command->add_option("--set", o->set, "with --clip or --class: replace a key of the recipe");
  command->add_option("--fidelity", o->fidelity, "with --clip or --class: ideal, worn or full");
  command->add_option("-o,--out", o->out, "the page to write, or .bvh for the motion")->required();
  command->add_flag("--json", o->json, "print what was written as JSON");
  command->callback([o, &chosen] { chosen = [o] { return view(*o); }; });
}

}  // namespace wrist::cli
