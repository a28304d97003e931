// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>

#include "generators/cli/clip_report.h"
#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/joint_map.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

constexpr int kBadData = static_cast<int>(ErrorKind::bad_data);

struct Options {
  std::vector<std::string> paths;
  std::string map;
  bool as_json = false;
};

std::vector<ClipReport> reports_of(const Options& o) {
  require(!o.paths.empty(), ErrorKind::usage, "clips: expected a clip file or a folder of them");
  const JointMap map = o.map.empty() ? JointMap{} : read_joint_map(o.map);
  std::vector<ClipReport> reports;
  for (const std::string& path : o.paths)
    for (const auto& file : find_clips(path)) {
      const std::vector<ClipReport> found = report_clips(file, map);
      reports.insert(reports.end(), found.begin(), found.end());
    }
  return reports;
}

void print_json(const std::vector<ClipReport>& reports, bool with_tree) {
  std::cout << "{\"clips\": [";
  for (std::size_t i = 0; i < reports.size(); ++i)
    std::cout << (i > 0 ? ",\n  " : "\n  ") << to_json(reports[i], with_tree);
  std::cout << "\n]}\n";
}

std::string number(const char* pattern, double value) {
  if (!std::isfinite(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, pattern, value);
  return text;
}

std::string sides_of(const ClipReport& r) {
  if (r.hand_digits > 0) return "hand only" + (r.hand_side.empty() ? "" : ", " + r.hand_side);
  if (r.sides.empty()) return "none";
  return r.sides.size() == 2 ? "both" : r.sides[0];
}

std::string length_of(const ClipReport& r) {
  if (r.rate_hz <= 0) return "a pose";
  return number("%.2f s at ", r.duration_s) + number("%.6g Hz", r.rate_hz);
}

// What `check` says of a clip that can be used.
std::string understood(const ClipReport& r) {
  if (r.hand_digits == 0) return sides_of(r) + (r.sides.size() == 2 ? " arms, " : " arm, ");
  return sides_of(r) + ", " + std::to_string(r.hand_digits) + " digits, " +
         (r.unit_known ? number("%.4g m per unit, ", r.metres_per_unit) : "unit unknown, ");
}

// The error without the file's name, which stands beside it; at most one line of it.
std::string reason(const ClipReport& r, std::size_t longest) {
  std::string text = r.problem;
  if (text.starts_with(r.file)) text.erase(0, r.file.size() + 1);
  text.erase(0, text.find_first_not_of(' '));
  return text.size() > longest ? text.substr(0, longest) + "..." : text;
}

int list(const Options& o) {
  const std::vector<ClipReport> reports = reports_of(o);
  const bool bad =
      std::any_of(reports.begin(), reports.end(), [](const ClipReport& r) { return !r.readable; });
  if (o.as_json) {
    print_json(reports, false);
    return bad ? kBadData : 0;
  }
  constexpr std::size_t kReason = 70;  // columns
  TextTable table(
      {"file", "animation", "joints", "Hz", "frames", "s", "m/unit", "arms", "fingers", "problem"},
      {false, false, true, true, true, true, true, false, false, false});
  for (const ClipReport& r : reports)
    if (r.readable)
      table.add({r.file, r.animation.empty() ? "-" : r.animation, std::to_string(r.joints),
                 r.rate_hz > 0 ? number("%.6g", r.rate_hz) : "-", std::to_string(r.frames),
                 number("%.2f", r.duration_s),
                 number(r.unit_known ? "%.3g" : "~%.3g", r.metres_per_unit), sides_of(r), r.fingers,
                 r.problem.empty() ? "-" : reason(r, kReason)});
    else
      table.add({r.file, "-", "-", "-", "-", "-", "-", "-", "-", reason(r, kReason)});
  std::cout << table.text("");
  return bad ? kBadData : 0;
}

void print_arm(const std::vector<std::string>& arm, const std::vector<std::string>& digits,
               const std::string& title) {
  if (arm.empty() && digits.empty()) return;
  std::cout << "  " << title << ':';
  for (const std::string& joint : arm) std::cout << ' ' << (joint.empty() ? "-" : joint);
  std::cout << '\n';
  for (const std::string& digit : digits) std::cout << "    " << digit << '\n';
}

void print(const ClipReport& r) {
  std::cout << r.file << (r.animation.empty() ? "" : ":" + r.animation) << '\n';
  if (!r.problem.empty()) std::cout << "  not usable: " << reason(r, 4000) << '\n';
  if (!r.readable) return;
  std::cout << "  " << r.joints << " joints, " << r.frames << " frames, " << length_of(r) << '\n'
            << "  unit: " << number("%.4g", r.metres_per_unit) << " m"
            << (r.unit_known ? " (the file's, applied)" : " (from the arm's length)") << '\n'
            << "  fingers: " << r.fingers << '\n'
            << "  wrist noise above 10 Hz: " << number("%.2f m/s2 rms", r.noise) << '\n'
            << "  longest standstill: " << number("%.2f s", r.frozen_s) << '\n';
  if (r.hand_digits > 0) std::cout << "  " << sides_of(r) << '\n';
  print_arm(r.arm[0], r.digits[0], r.hand.empty() ? "left arm" : "hand at " + r.hand);
  print_arm(r.arm[1], r.digits[1], "right arm");
  for (const std::string& note : r.notes) std::cout << "  note: " << note << '\n';
  for (const std::string& joint : r.tree) std::cout << "    " << joint << '\n';
}

int show(const Options& o) {
  const std::vector<ClipReport> reports = reports_of(o);
  if (o.as_json)
    print_json(reports, true);
  else
    for (const ClipReport& r : reports) print(r);
  const bool bad =
      std::any_of(reports.begin(), reports.end(), [](const ClipReport& r) { return !r.readable; });
  return bad ? kBadData : 0;
}

int check(const Options& o) {
  const std::vector<ClipReport> reports = reports_of(o);
  const bool bad = std::any_of(reports.begin(), reports.end(),
                               [](const ClipReport& r) { return !r.problem.empty(); });
  if (o.as_json) print_json(reports, false);
  for (const ClipReport& r : reports) {
    if (o.as_json) break;
    std::cout << r.file << (r.animation.empty() ? "" : ":" + r.animation) << ": ";
    if (r.problem.empty())
      std::cout << "ok, " << understood(r) << length_of(r) << '\n';
    else
      std::cout << reason(r, 4000) << '\n';
  }
  return bad ? kBadData : 0;
}

void add_options(CLI::App* command, const std::shared_ptr<Options>& o) {
  command->add_option("paths", o->paths, "clip files, or folders of them");
  command->add_option("--map", o->map, "which joints are the arm, TOML, for rigs of unknown names");
  command->add_flag("--json", o->as_json, "print JSON");
}

}  // namespace

void add_clips(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("clips",
                         "Says what is understood of motion clips: BVH, FBX, glTF, Collada, Leap\n"
                         "recordings and WebXR poses of hands.\n\n"
                         "  wristsim clips list FOLDER\n"
                         "  wristsim clips show walk.fbx --map joints.toml\n"
                         "  wristsim clips check walk.bvh wave.glb --json\n"
                         "  wristsim clips FOLDER           the same as list\n");
  add_options(command, o);
  const auto add = [&](const char* name, const char* what, int (*run)(const Options&)) {
    CLI::App* sub = command->add_subcommand(name, what);
    add_options(sub, o);
    sub->callback([o, run, &chosen] { chosen = [o, run] { return run(*o); }; });
  };
  add("list", "one line per animation", list);
  add("show", "joints, arms, fingers, noise, what was repaired", show);
  add("check", "whether each can move an arm: exit code 0 or 65, and why", check);
  command->callback([o, command, &chosen] {
    if (command->get_subcommands().empty()) chosen = [o] { return list(*o); };
  });
}

}  // namespace wrist::cli
