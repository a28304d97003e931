// SPDX-License-Identifier: Apache-2.0
// What is certainly not a whole FBX or Collada file, found without reading it whole.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

#include "motions/import_scene.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::string_view kFbxMagic("Kaydara FBX Binary  \0", 21);
constexpr std::size_t kFbxHeader = 27;        // bytes
constexpr std::uint32_t kWideRecords = 7500;  // from this version on, offsets have 64 bits
constexpr std::uint32_t kOldest = 6000, kNewest = 7900;
constexpr std::size_t kDeepestFbx = 64;  // records in records; exporters write 6
constexpr std::size_t kMostRecords = 1 << 24;

[[noreturn]] void fail(const std::string& file, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
}

// Binary FBX: records of [end, property count, property bytes, name, properties, records].
class FbxRecords {
 public:
  FbxRecords(std::string_view bytes, const std::string& file) : bytes_(bytes), file_(file) {
    const auto version = static_cast<std::uint32_t>(number(23, 4));
    if (version < kOldest || version > kNewest)
      fail(file_, "FBX of version 6000 to 7900", std::to_string(version));
    width_ = version >= kWideRecords ? 8 : 4;
  }

  // Walks every record without recursion; each must end inside the one around it.
  void scan() {
    std::vector<std::size_t> ends{bytes_.size()};
    std::size_t at = kFbxHeader;
    for (std::size_t records = 0;; ++records) {
      if (records > kMostRecords) fail(file_, "fewer records", "more than 16 million");
      while (ends.size() > 1 && at == ends.back()) ends.pop_back();
      const std::size_t header = 3 * width_ + 1, begin = at;
      if (at + header > ends.back()) fail_cut(at);
      const std::size_t end = number(at, width_), size = number(at + 2 * width_, width_);
      const std::size_t name = number(at + 3 * width_, 1);
      at += header;
      if (end == 0) {  // the null record that closes a list
        if (ends.size() == 1) return;
        at = ends.back();
        continue;
      }
      if (end > bytes_.size()) fail_cut(begin);
      if (end > ends.back() || end < at || size > end - at || name > end - at - size)
        fail(file_, "a record that ends after its properties and inside the record around it",
             "another at byte " + std::to_string(begin));
      at += name + size;
      if (at == end) continue;
      if (ends.size() >= kDeepestFbx) fail(file_, "records nested less deep", "64 levels");
      ends.push_back(end);
    }
  }

 private:
  std::size_t number(std::size_t at, std::size_t width) const {
    if (at + width > bytes_.size()) fail_cut(at);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes_.data() + at, width);
    return value;
  }
  [[noreturn]] void fail_cut(std::size_t at) const {
    fail(file_, "a whole FBX file",
         "the end of the file in the record at byte " + std::to_string(at) + " (was it cut?)");
  }

  std::string_view bytes_;
  const std::string& file_;
  std::size_t width_ = 4;  // bytes of an offset
};

std::string_view without_blanks(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

// Element nesting of an XML text, from its tags alone.
void check_depth(std::string_view text, const std::string& file) {
  int depth = 0;
  for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) {
    if (text.substr(at).starts_with("<!--")) {
      at = text.find("-->", at);
      if (at == text.npos) fail(file, "the end of a comment", "the end of the file");
      continue;
    }
    const std::size_t end = text.find('>', at);
    if (end == text.npos) fail(file, "the end of a tag", "the end of the file (was it cut?)");
    if (text[at + 1] == '/')
      --depth;
    else if (text[at + 1] != '?' && text[at + 1] != '!' && text[end - 1] != '/')
      ++depth;
    if (depth > SceneLimits::depth)
      fail(file, "elements nested at most " + std::to_string(SceneLimits::depth) + " deep", "more");
    at = end;
  }
}

// The part of `text` from `open` up to and without `close`, cut off its front; empty at the end.
std::string_view next_part(std::string_view& text, std::string_view open, std::string_view close) {
  const std::size_t begin = text.find(open);
  const std::size_t end = begin == text.npos ? text.npos : text.find(close, begin);
  if (end == text.npos) return text = {};
  const std::string_view part = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return part;
}

// Readers take a number they cannot read for 0, and sort what is out of order.
void check_floats(std::string_view source, bool times, const std::string& file) {
  std::string_view list = next_part(source, "<float_array", "</float_array>");
  list.remove_prefix(std::min(list.size(), list.find('>') + 1));
  double before = 0;
  for (std::size_t at = 0, values = 0; at < list.size();) {
    if (static_cast<unsigned char>(list[at]) <= ' ') {
      ++at;
      continue;
    }
    const std::string_view word =
        list.substr(at, std::min(list.size(), list.find_first_of(" \t\r\n", at)) - at);
    double value = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool letters = word.find_first_of("nNiI") != word.npos;  // of nan and inf
    if (letters || fault != std::errc{} || end != word.data() + word.size() ||
        std::abs(value) >= SceneLimits::value)
      fail(file, "a finite number in an animation", '"' + std::string(word.substr(0, 40)) + '"');
    if (times && values++ > 0 && value <= before)
      fail(file, "times that increase", std::to_string(value) + " after " + std::to_string(before));
    before = value;
    at += word.size();
  }
}

void check_animations(std::string_view text, const std::string& file) {
  while (!text.empty()) {
    std::string_view part = next_part(text, "<library_animations", "</library_animations>");
    while (!part.empty()) {
      const std::string_view source = next_part(part, "<source", "</source>");
      check_floats(source, source.find("name=\"TIME\"") != source.npos, file);
    }
  }
}

}  // namespace

void scan_fbx(std::string_view bytes, const std::string& file) {
  if (bytes.starts_with(kFbxMagic)) {
    FbxRecords(bytes, file).scan();
    return;
  }
  constexpr std::size_t kHead = 4096;
  const std::string_view head = bytes.substr(0, kHead);
  const bool text = head.find("FBX") != head.npos && head.find('\0') == head.npos &&
                    without_blanks(head).starts_with(';');
  if (!text)
    fail(file, "FBX (\"Kaydara FBX Binary\", or text that begins with \"; FBX\")", "neither");
  const auto opened = std::count(bytes.begin(), bytes.end(), '{');
  const auto closed = std::count(bytes.begin(), bytes.end(), '}');
  if (closed < opened) fail(file, "as many closing as opening braces", "fewer (was it cut?)");
}

void scan_collada(std::string_view text, const std::string& file) {
  constexpr std::size_t kHead = 4096;
  if (text.substr(0, kHead).find("<COLLADA") == text.npos)
    fail(file, "Collada (a <COLLADA> element)", "none");
  if (text.find("<!DOCTYPE") != text.npos || text.find("<!ENTITY") != text.npos)
    fail(file, "Collada without entities", "a document type of its own");
  if (!without_blanks(text).ends_with("</COLLADA>"))
    fail(file, "</COLLADA> at the end", "the end of the file (was it cut?)");
  check_depth(text, file);
  check_animations(text, file);
}

}  // namespace wrist
