// SPDX-License-Identifier: Apache-2.0
#include "generators/golden.h"

#include <set>
#include <span>

#include "generators/dataset_column.h"

namespace wrist {
namespace {

bool pinned(const std::string& group) {
  static const std::set<std::string> kTables = {"sequences", "windows", "splits", "classes",
                                                "vocab"};
  return !kTables.contains(group) && !group.starts_with("truth");
}

// Calls use(T{}) with the type of an integer element; false for the others.
template <typename Use>
bool with_integer(Element element, const Use& use) {
  switch (element) {
    case Element::i1:
      return use(std::int8_t{}), true;
    case Element::i2:
      return use(std::int16_t{}), true;
    case Element::i4:
      return use(std::int32_t{}), true;
    case Element::i8:
      return use(std::int64_t{}), true;
    case Element::u1:
      return use(std::uint8_t{}), true;
    default:
      return false;
  }
}

// Sums wrap around: they are compared, not used.
template <typename T>
std::vector<std::int64_t> column_sums(const Bytes& bytes, std::int64_t columns) {
  std::vector<std::uint64_t> sums(static_cast<std::size_t>(columns), 0);
  for (std::size_t i = 0; i < bytes.size() / sizeof(T); ++i) {
    T value;
    std::memcpy(&value, bytes.data() + i * sizeof(T), sizeof(T));
    sums[i % sums.size()] += static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
  }
  return {sums.begin(), sums.end()};
}

}  // namespace

Golden golden(const Shard& shard) {
  Golden g;
  std::vector<std::string> lines;
  for (const std::string& group : shard.groups()) {
    if (!pinned(group)) continue;
    for (const std::string& name : shard.datasets(group)) {
      const std::string path = "/" + group + "/" + name;
      const Shard::Shape shape = shard.shape(path);
      const Bytes bytes = shard.bytes(path, 0, shape.rows);
      const bool integer = with_integer(shape.element, [&](auto type) {
        g.channels.push_back(
            {path, shape.element, shape.rows, column_sums<decltype(type)>(bytes, shape.columns)});
      });
      if (!integer) continue;
      Sha256 values;
      values.update(bytes);
      const std::array<std::int64_t, 2> size = {shape.rows, shape.columns};
      lines.push_back(content_line(path, shape.element,
                                   std::span(size).first(static_cast<std::size_t>(shape.rank)),
                                   values));
    }
  }
  g.sha256 = content_hash(lines);
  return g;
}

std::string to_text(const Golden& golden, const std::string& name) {
  std::string text = name + " " + golden.sha256 + "\n";
  for (const Golden::Channel& c : golden.channels) {
    text.append("  ").append(c.dataset).append(" ").append(to_string(c.element));
    text.append(" ").append(std::to_string(c.rows));
    for (const std::int64_t sum : c.sums) text.append(" ").append(std::to_string(sum));
    text += "\n";
  }
  return text;
}

}  // namespace wrist
