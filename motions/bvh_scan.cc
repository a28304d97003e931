// SPDX-License-Identifier: Apache-2.0
#include "motions/bvh_scan.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "motions/bvh_hierarchy.h"
#include "motions/bvh_text.h"

namespace wrist {
namespace {

constexpr std::uint64_t kMostFrames = 1u << 24;  // readers count frames in float

bool digit(char c) { return c >= '0' && c <= '9'; }

double read_frame_time(BvhText& in, double& rate_hz) {
  in.expect("Frame");
  in.expect("Time:");
  const std::string_view word = in.next();
  const bool plain = !word.empty() && std::all_of(word.begin(), word.end(),
                                                  [](char c) { return digit(c) || c == '.'; });
  const std::string expected = "a Frame Time between 0.0001 and 1 s as a plain decimal number";
  if (!plain || std::count(word.begin(), word.end(), '.') > 1 || word == ".") in.fail(expected);
  const double frame_time = in.number(word);
  if (!(frame_time > 1e-4 && frame_time < 1)) in.fail(expected);
  rate_hz = frame_rate(word);
  if (!in.next_on_line().empty()) in.fail("a line end after the Frame Time");
  return frame_time;
}

std::size_t decimals(std::string_view number) {
  const std::size_t point = number.find('.');
  return point == number.npos ? 0 : number.size() - point - 1;
}

[[noreturn]] void fail_cut(const BvhText& in) {
  in.fail_found("a line end after the last value",
                "the end of the file (was it cut? if it is whole, add a line end)");
}

void read_frames(BvhText& in, const BvhScan& scan, std::uint64_t channels) {
  const std::string values = std::to_string(channels) + " values";
  std::string_view before, word;
  bool even = true;  // all numbers of the frame, and the one before it, have as many decimals
  for (Index frame = 0; frame < scan.frames; ++frame) {
    if (!in.next_line())
      in.fail_found(std::to_string(scan.frames) + " frames",
                    "the end of the file after " + std::to_string(frame));
    even = true;
    for (std::uint64_t c = 0; c < channels; ++c) {
      before = word;
      word = in.next_on_line();
      if (word.empty())
        in.fail_found(values + " in frame " + std::to_string(frame + 1), std::to_string(c));
      in.number(word);
      even = even && (before.empty() || decimals(before) == decimals(word));
    }
    if (!in.next_on_line().empty())
      in.fail("a line end after the " + values + " of frame " + std::to_string(frame + 1));
  }
  // The last number of a file cut short may have lost digits. Where all are written alike, it
  // shows.
  if (!in.ends_in_blank() && !even) fail_cut(in);
  if (!in.next().empty())
    in.fail("the end of the file after " + std::to_string(scan.frames) + " frames");
}

void read_motion(BvhText& in, BvhScan& scan) {
  in.expect("MOTION");
  in.expect("Frames:");
  scan.frames = static_cast<Index>(
      in.count("a frame count from 1 to " + std::to_string(kMostFrames), kMostFrames));
  if (scan.frames < 1) in.fail("at least 1 frame");
  scan.frame_time_s = read_frame_time(in, scan.rate_hz);

  std::uint64_t channels = 0;
  for (const BvhNode& node : scan.nodes) channels += static_cast<std::uint64_t>(node.channels);
  if (channels == 0) in.fail_found("at least one channel", "none");
  const std::uint64_t least = 2 * channels * static_cast<std::uint64_t>(scan.frames) - 1;
  if (in.left() < least)
    in.fail_found(
        std::to_string(scan.frames) + " frames of " + std::to_string(channels) + " values",
        "only " + std::to_string(in.left()) + " bytes");
  read_frames(in, scan, channels);
}

void check_encoding(std::string_view text, const std::string& file) {
  const std::string where = file + ":1: expected HIERARCHY, found ";
  require(!text.starts_with("\xEF\xBB\xBF"), ErrorKind::bad_data,
          where + "a UTF-8 byte order mark (save the file without one)");
  require(!text.starts_with("\xFF\xFE") && !text.starts_with("\xFE\xFF"), ErrorKind::bad_data,
          where + "a UTF-16 byte order mark (save the file as plain text)");
  require(text.find('\r') == text.npos || text.find('\n') != text.npos, ErrorKind::bad_data,
          file + ":1: expected lines that end in LF or CR LF, found CR alone");
}

}  // namespace

double frame_rate(std::string_view frame_time) {
  double written = 0;
  std::from_chars(frame_time.data(), frame_time.data() + frame_time.size(), written);
  const double half_digit = 0.5 * std::pow(10.0, -static_cast<double>(decimals(frame_time)));
  const double whole = std::round(1 / written);
  const bool rounds_to_text = std::abs(1 / whole - written) <= half_digit * (1 + 1e-9);
  return rounds_to_text ? whole : 1 / written;
}

BvhScan scan_bvh(std::string_view text, const std::string& file, const BvhLimits& limits) {
  require(text.size() <= limits.bytes, ErrorKind::bad_data,
          file + ":1: expected at most " + std::to_string(limits.bytes) + " bytes, found " +
              std::to_string(text.size()));
  check_encoding(text, file);
  BvhText in(text, file);
  BvhScan scan;
  read_hierarchy(in, limits, scan);
  read_motion(in, scan);
  return scan;
}

}  // namespace wrist
