// SPDX-License-Identifier: Apache-2.0
#include "motions/import_hand.h"

#include <nlohmann/json.hpp>

#include "motions/clip.h"
#include "motions/import_leap.h"
#include "motions/import_leap_text.h"
#include "motions/import_scene_bytes.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using nlohmann::json;

constexpr std::size_t kShownKeys = 60;  // characters

enum class HandJson { neither, leap, pose };

// Reads JSON up to the first key of the root that tells what it is.
class RootKeys : public nlohmann::json_sax<json> {
 public:
  HandJson kind = HandJson::neither;
  std::string found = "nothing";  // instead

  bool null() override { return value("null"); }
  bool boolean(bool) override { return value("true or false"); }
  bool number_integer(std::int64_t) override { return value("a number"); }
  bool number_unsigned(std::uint64_t) override { return value("a number"); }
  bool number_float(double, const std::string&) override { return value("a number"); }
  bool string(std::string&) override { return value("a string"); }
  bool binary(json::binary_t&) override { return value("bytes"); }
  bool start_array(std::size_t) override { return value("a list") && ++depth_ > 0; }
  bool end_array() override { return --depth_ >= 0; }
  bool start_object(std::size_t) override { return value("an empty object") && ++depth_ > 0; }
  bool end_object() override { return --depth_ >= 0; }
  bool key(std::string& name) override {
    if (depth_ > 1) return true;
    if (name == "frames") kind = HandJson::leap;
    if (name == "joints") kind = HandJson::pose;
    if (keys_.size() < kShownKeys) keys_ += (keys_.empty() ? "\"" : ", \"") + name + "\"";
    found = "an object of " + keys_;
    return kind == HandJson::neither;
  }
  bool parse_error(std::size_t position, const std::string&, const json::exception&) override {
    found = "no JSON at byte " + std::to_string(position);
    return false;
  }

 private:
  bool value(const char* what) {
    if (depth_ == 0) found = what;
    return true;
  }

  int depth_ = 0;
  std::string keys_;
};

RootKeys root_keys(const std::string& text) {
  const QuietFloats quiet;
  RootKeys keys;
  json::sax_parse(text, &keys);
  return keys;
}

}  // namespace

HandRecording import_hand(const std::filesystem::path& file) {
  if (is_pose_file(file)) return import_hand_pose(file);
  const std::string text = read_maybe_gzip(file, LeapLimits{}.bytes), name = file.string();
  const RootKeys keys = root_keys(text);
  require(keys.kind != HandJson::neither, ErrorKind::bad_data,
          name +
              ": expected JSON of a Leap recording (\"frames\") or of a WebXR hand pose "
              "(\"joints\"), found " +
              keys.found);
  HandRecording hand =
      keys.kind == HandJson::leap ? read_leap(text, name) : read_hand_pose(text, name);
  hand.name = recording_name(file);
  return hand;
}

bool holds_hand(const std::filesystem::path& file) {
  if (!is_hand_file(file)) return false;
  if (is_pose_file(file)) return true;
  try {
    return root_keys(read_maybe_gzip(file, LeapLimits{}.bytes)).kind != HandJson::neither;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace wrist
