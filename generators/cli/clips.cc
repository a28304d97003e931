// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "motions/clean.h"
#include "motions/retarget.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

using nlohmann::json;

struct Options {
  std::vector<std::string> paths;
  bool as_json = false;
};

// What was understood of one clip, or why it was not.
json describe(const std::filesystem::path& file) {
  json result{{"file", file.string()}};
  try {
    const MotionClip clip = clean(import_bvh(file), CleanSpec{});
    result.update({{"name", clip.name},
                   {"joints", clip.joints.size()},
                   {"rate_hz", clip.time.rate_hz},
                   {"frames", clip.time.count},
                   {"notes", clip.notes},
                   {"duration_s", static_cast<double>(clip.time.count) / clip.time.rate_hz}});
    for (const Side side : {Side::left, Side::right}) {
      const ArmJoints arm = find_arm(clip, side);
      result[to_string(side)] = {arm.shoulder, arm.elbow, arm.wrist};
    }
  } catch (const Error& error) {
    result["error"] = error.what();
  }
  return result;
}

void print(const json& c) {
  std::cout << c["file"].get<std::string>() << '\n';
  if (c.contains("error")) {
    std::cout << "  not usable: " << c["error"].get<std::string>() << '\n';
    return;
  }
  std::cout << "  " << c["duration_s"].get<double>() << " s at " << c["rate_hz"].get<double>()
            << " Hz, " << c["joints"] << " joints\n";
  for (const char* side : {"left", "right"}) {
    std::cout << "  " << side << " arm:";
    for (const auto& joint : c[side]) std::cout << ' ' << joint.get<std::string>();
    std::cout << '\n';
  }
  for (const auto& note : c["notes"]) std::cout << "  " << note.get<std::string>() << '\n';
}

int clips(const Options& o) {
  json all = json::array();
  bool bad = false;
  for (const std::string& path : o.paths)
    for (const auto& file : find_clips(path)) {
      const json clip = describe(file);
      bad = bad || clip.contains("error");
      if (o.as_json)
        all.push_back(clip);
      else
        print(clip);
    }
  if (o.as_json) std::cout << json{{"clips", all}}.dump(2) << '\n';
  return bad ? static_cast<int>(ErrorKind::bad_data) : 0;
}

}  // namespace

void add_clips(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("clips",
                         "Says what was understood of motion-capture clips (BVH).\n\n"
                         "  wristsim clips FOLDER\n"
                         "  wristsim clips walk.bvh --json\n");
  command->add_option("paths", o->paths, "clip files, or folders of them")->required();
  command->add_flag("--json", o->as_json, "print JSON");
  command->callback([o, &chosen] { chosen = [o] { return clips(*o); }; });
}

}  // namespace wrist::cli
