// SPDX-License-Identifier: Apache-2.0
#include "motions/import_leap_frames.h"

#include <charconv>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/base/error.h"
#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using nlohmann::json;

constexpr double kMillimetre = 1e-3, kMicrosecond = 1e-6;
constexpr double kLeastId = -1;      // of what belongs to no hand
constexpr double kLargestId = 9e15;  // whole numbers below are exact in a double
constexpr double kUnitTolerance = 0.02, kSquareTolerance = 0.05;  // of direction and normal
constexpr std::size_t kShown = 40;                                // characters of a value

constexpr std::array<const char*, kJointsPerDigit> kJointKeys = {
    "carpPosition", "mcpPosition", "pipPosition", "dipPosition", "tipPosition"};

// Where each key of a packed row stands.
using Columns = std::map<std::string, std::size_t>;

// A value as an error shows it.
std::string shown(const json& value) {
  if (value.is_structured())
    return std::string(value.type_name()) + " of " + std::to_string(value.size());
  const std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() > kShown ? text.substr(0, kShown) + "..." : text;
}

std::string plain(double x) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, x).ptr};
}

[[noreturn]] void fail(const std::string& where, const std::string& text) {
  throw Error(ErrorKind::bad_data, where + ": expected " + text);
}

// One hand or finger, or a frame's own values: an object, or a packed row with its columns. Knows
// how to ask for a value by its key.
class Row {
 public:
  Row(const json& value, const Columns* columns, std::string where)
      : value_(value), columns_(columns), where_(std::move(where)) {
    const bool sound = columns == nullptr ? value.is_object() : value.is_array();
    if (!sound)
      wrist::fail(where_,
                  (columns == nullptr ? "an object, found " : "a row, found ") + shown(value));
  }

  [[noreturn]] void fail(const std::string& key, const std::string& text) const {
    wrist::fail(where_ + ": " + key, text);
  }

  const json* find(const std::string& key) const {
    if (columns_ == nullptr) {
      const auto found = value_.find(key);
      return found == value_.end() ? nullptr : &*found;
    }
    const auto column = columns_->find(key);
    const bool there = column != columns_->end() && column->second < value_.size();
    return there ? &value_[column->second] : nullptr;
  }

  const json& at(const std::string& key, const std::string& expected) const {
    const json* found = find(key);
    if (found == nullptr) fail(key, expected + ", found none");
    return *found;
  }

  double number(const std::string& key, double least, double most) const {
    const std::string expected = "a number from " + plain(least) + " to " + plain(most);
    const json& value = at(key, expected);
    const bool sound =
        value.is_number() && value.get<double>() >= least && value.get<double>() <= most;
    if (!sound) fail(key, expected + ", found " + shown(value));
    return value.get<double>();
  }

  Vector3d vector(const std::string& key, double longest) const {
    const std::string expected = "three numbers up to " + plain(longest);
    const json& value = at(key, expected);
    if (!value.is_array() || value.size() != 3) fail(key, expected + ", found " + shown(value));
    Vector3d v;
    for (Index k = 0; k < 3; ++k) {
      const json& x = value[static_cast<std::size_t>(k)];
      const bool sound = x.is_number() && std::abs(x.get<double>()) <= longest;
      if (!sound) fail(key, expected + ", found " + shown(x));
      v[k] = x.get<double>();
    }
    return v;
  }

  Vector3d unit(const std::string& key) const {
    const Vector3d v = vector(key, 2);
    if (std::abs(v.norm() - 1) > kUnitTolerance)
      fail(key, "a unit vector, found length " + std::to_string(v.norm()));
    return v;
  }

 private:
  const json& value_;
  const Columns* columns_;  // of a packed row; else null
  std::string where_;       // "FILE: frame N: LIST"
};

double id_of(const Row& row, const std::string& key) {
  return row.number(key, kLeastId, kLargestId);
}

Side side_of(const Row& hand) {
  const json& type = hand.at("type", "left or right");
  if (type == "left") return Side::left;
  if (type != "right") hand.fail("type", "left or right, found " + shown(type));
  return Side::right;
}

LeapHand read_hand(const Row& row, double reach) {
  LeapHand hand;
  hand.id = id_of(row, "id");
  hand.side = side_of(row);
  hand.distal = row.unit("direction");
  hand.normal = row.unit("palmNormal");
  const double cosine = hand.distal.dot(hand.normal);
  if (std::abs(cosine) > kSquareTolerance)
    row.fail("palmNormal", "it square to direction, found a cosine of " + std::to_string(cosine));
  hand.palm = kMillimetre * row.vector("palmPosition", reach / kMillimetre);
  hand.pinch = row.number("pinchStrength", 0, 1);
  hand.grab = row.number("grabStrength", 0, 1);
  return hand;
}

bool is_tool(const Row& finger) {
  const json* tool = finger.find("tool");
  if (tool == nullptr) return false;
  if (!tool->is_boolean()) finger.fail("tool", "true or false, found " + shown(*tool));
  return tool->get<bool>();
}

// 0 thumb to 4 little: the type, which packed rows lack; there the last digit of the id says it.
std::size_t digit_of(const Row& finger, double hand_id) {
  if (finger.find("type") != nullptr)
    return static_cast<std::size_t>(finger.number("type", 0, kDigits - 1));
  const double digit = id_of(finger, "id") - 10 * hand_id;
  if (!(digit >= 0 && digit < kDigits))
    finger.fail("id", "ten times the hand's and 0 to 4, found " + std::to_string(digit) + " over");
  return static_cast<std::size_t>(digit);
}

// Whole frames of older formats have no carpals.
void read_finger(LeapHand& hand, const Row& finger, std::size_t digit, double reach) {
  for (std::size_t j = 0; j < kJointsPerDigit; ++j) {
    const char* key = kJointKeys[j == 0 && !hand.has_carpals ? 1 : j];
    hand.joints[digit][j] = kMillimetre * finger.vector(key, reach / kMillimetre);
  }
}

void read_fingers(LeapHand& hand, const std::vector<Row>& fingers, const std::string& where,
                  double reach) {
  std::array<bool, kDigits> seen{};
  long count = 0;
  for (const Row& finger : fingers) {
    if (is_tool(finger) || id_of(finger, "handId") != hand.id) continue;
    const std::size_t digit = digit_of(finger, hand.id);
    if (seen[digit])
      finger.fail("type", "every finger once, found " + std::to_string(digit) + " again");
    if (count++ == 0) hand.has_carpals = finger.find(kJointKeys[0]) != nullptr;
    seen[digit] = true;
    read_finger(hand, finger, digit, reach);
  }
  if (count != kDigits)
    fail(where + ": pointables",
         "all five fingers of hand " + plain(hand.id) + ", found " + std::to_string(count));
}

json parse(const std::string& text, const std::string& file) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& fault) {
    throw Error(ErrorKind::bad_data, file + ": byte " + std::to_string(fault.byte) +
                                         ": expected JSON (was the file cut?), found a fault");
  } catch (const json::exception& fault) {
    throw Error(ErrorKind::bad_data, file + ": expected JSON of finite numbers: " + fault.what());
  }
}

// Columns of a list of names; an entry {NAME: [...]} is a list of rows.
Columns columns_of(const json& names) {
  Columns columns;
  for (std::size_t c = 0; c < names.size(); ++c)
    if (names[c].is_string())
      columns[names[c].get<std::string>()] = c;
    else if (names[c].is_object() && names[c].size() == 1)
      columns[names[c].begin().key()] = c;
  return columns;
}

class Frames {
 public:
  Frames(const std::string& text, std::string file)
      : file_(std::move(file)), root_(parse(text, file_)) {
    const bool has_frames =
        root_.is_object() && root_.contains("frames") && root_["frames"].is_array();
    if (!has_frames) fail(file_ + ": frames", "a list, found none");
    frames_ = &root_["frames"];
    if (frames_->empty()) fail(file_ + ": frames", "at least one, found none");
    packed_ = frames_->front().is_array();
    if (!packed_) return;
    frame_ = columns_of(frames_->front());
    hands_ = columns("hands");
    fingers_ = columns("pointables");
  }

  std::size_t count() const { return frames_->size() - (packed_ ? 1 : 0); }

  LeapFrame read(std::size_t i, const LeapLimits& limits) const {
    LeapFrame frame;
    frame.where = file_ + ": frame " + std::to_string(i + 1);
    const Row row((*frames_)[packed_ ? i + 1 : i], packed_ ? &frame_ : nullptr, frame.where);
    frame.time_s = kMicrosecond * row.number("timestamp", 0, kLargestId);
    const std::vector<Row> fingers = rows(row, "pointables", fingers_, frame.where);
    for (const Row& hand : rows(row, "hands", hands_, frame.where)) {
      frame.hands.push_back(read_hand(hand, limits.reach));
      read_fingers(frame.hands.back(), fingers, frame.where, limits.reach);
    }
    return frame;
  }

 private:
  // The first row of a packed recording: ["id", {"hands": [[name, ...]]}, ...].
  Columns columns(const std::string& key) const {
    const json& header = frames_->front();
    const bool named = frame_.contains(key) && header[frame_.at(key)].is_object();
    const json names = named ? header[frame_.at(key)][key] : json();
    if (!names.is_array() || names.size() != 1 || !names[0].is_array())
      fail(file_ + ": frames", "the columns of " + key + " in the first row, found none");
    return columns_of(names[0]);
  }

  std::vector<Row> rows(const Row& frame, const std::string& key, const Columns& columns,
                        const std::string& where) const {
    const json& list = frame.at(key, "a list");
    if (!list.is_array()) frame.fail(key, "a list, found " + shown(list));
    std::vector<Row> found;
    for (const json& row : list)
      found.emplace_back(row, packed_ ? &columns : nullptr, where + ": " + key);
    return found;
  }

  std::string file_;
  json root_;
  const json* frames_ = nullptr;
  bool packed_ = false;
  Columns frame_, hands_, fingers_;
};

}  // namespace

std::vector<LeapFrame> read_leap_frames(const std::string& text, const std::string& file,
                                        const LeapLimits& limits) {
  const Frames frames(text, file);
  std::vector<LeapFrame> read;
  for (std::size_t i = 0; i < frames.count(); ++i) {
    read.push_back(frames.read(i, limits));
    const LeapFrame& now = read.back();
    if (i > 0 && now.time_s <= read[i - 1].time_s)
      fail(now.where + ": timestamp",
           "one after the frame before, found " + std::to_string(now.time_s) + " s");
    // Before anything is made of the times: they decide how much is computed later.
    if (now.time_s - read[0].time_s > limits.duration_s)
      fail(now.where + ": timestamp", "at most " + plain(limits.duration_s) +
                                          " s after the first, found " +
                                          std::to_string(now.time_s - read[0].time_s) + " s");
  }
  return read;
}

}  // namespace wrist
