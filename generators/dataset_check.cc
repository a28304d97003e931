// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_check.h"

#include <algorithm>
#include <bit>

#include "generators/flag_masks.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

[[noreturn]] void fail(std::int64_t recording, const std::string& text) {
  throw Error(ErrorKind::internal, "recording " + std::to_string(recording) + ": " + text);
}

std::string path_of(const ChannelSpec& spec) { return "/" + spec.group + "/" + spec.column.name; }

Index rows_of(const Channel& channel) {
  return std::visit([](const auto& v) { return v.rows(); }, channel.values);
}

std::string describe(const ColumnSpec& c) {
  return to_string(c.element) + "[" + std::to_string(c.columns) + "]" +
         (c.column_dimension.empty() ? "" : " " + c.column_dimension);
}

// The first attribute that is not the same in both.
std::string changed_attribute(const Attributes& a, const Attributes& b) {
  for (const auto& [name, value] : a)
    if (!b.contains(name) || b.at(name) != value) return name;
  for (const auto& [name, value] : b)
    if (!a.contains(name)) return name;
  return "";
}

void check_same_channel(const ChannelSpec& expected, const ChannelSpec& found,
                        std::int64_t recording) {
  if (path_of(expected) != path_of(found))
    fail(recording, "expected channel " + path_of(expected) + ", found " + path_of(found));
  if (describe(expected.column) != describe(found.column))
    fail(recording, path_of(found) + ": expected " + describe(expected.column) + ", found " +
                        describe(found.column));
  const std::string name = changed_attribute(expected.column.attributes, found.column.attributes);
  if (!name.empty())
    fail(recording, path_of(found) + ": attribute " + name + " is not that of recording 0");
}

// By bits, for a comparison with a NaN may trap.
template <typename Bits, typename T>
bool all_finite(const T* values, Index count) {
  constexpr Bits kExponent = sizeof(T) == 4 ? Bits{0x7f800000} : static_cast<Bits>(0x7ffull << 52);
  Bits bad = 0;
  for (Index i = 0; i < count; ++i)
    bad |= static_cast<Bits>((std::bit_cast<Bits>(values[i]) & kExponent) == kExponent);
  return bad == 0;
}

Index first_bad_row(const Rows<std::int16_t>&) { return -1; }
Index first_bad_row(const Rows<std::int32_t>&) { return -1; }
Index first_bad_row(const Rows<std::int64_t>&) { return -1; }
Index first_bad_row(const Rows<std::uint8_t>&) { return -1; }
template <typename T>
Index first_bad_row(const Rows<T>& values) {
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  if (all_finite<Bits>(values.data(), values.size())) return -1;
  Index row = 0;
  while (all_finite<Bits>(values.data() + row * values.cols(), values.cols())) ++row;
  return row;
}

const Channel* flags_of(const std::vector<Channel>& channels, const std::string& group) {
  for (const Channel& c : channels)
    if (c.group == group && c.name == "flags") return &c;
  return nullptr;
}

// The first row that holds the fill value and is not flagged as dropped; -1 if there is none.
Index first_unsaid_row(const Channel& channel, std::int64_t fill, const Channel& flags) {
  const auto* bits = std::get_if<Rows<std::uint8_t>>(&flags.values);
  const std::int64_t mask = flag_mask(flags.attributes, "dropped");
  const auto said = [&](Index row) { return bits != nullptr && ((*bits)(row, 0) & mask) != 0; };
  return std::visit(
      [&](const auto& v) -> Index {
        using T = typename std::decay_t<decltype(v)>::Scalar;
        for (Index row = 0; row < v.rows(); ++row)
          if ((v.row(row) == static_cast<T>(fill)).any() && !said(row)) return row;
        return -1;
      },
      channel.values);
}

// What is missing says so, where there are flags to say it.
void check_fills(const std::vector<Channel>& channels, std::int64_t recording) {
  for (const Channel& c : channels) {
    const auto found = c.attributes.find("_FillValue");
    const Channel* flags = flags_of(channels, c.group);
    if (found == c.attributes.end() || flags == nullptr) continue;
    const auto* fill = std::get_if<std::int64_t>(&found->second);
    const Index row = fill == nullptr ? -1 : first_unsaid_row(c, *fill, *flags);
    if (row >= 0)
      fail(recording, "/" + c.group + "/" + c.name + ": the fill value in row " +
                          std::to_string(row) + ", which flags do not call dropped");
  }
}

void check_dimensions(const ChannelSpec& spec, std::int64_t recording) {
  const ColumnSpec& c = spec.column;
  if (spec.group.empty() || c.name.empty()) fail(recording, "a channel without a name or a group");
  if (c.columns < 1) fail(recording, path_of(spec) + ": no columns");
  if (c.columns > 1 && c.column_dimension.empty())
    fail(recording,
         path_of(spec) + ": " + std::to_string(c.columns) + " columns and no column_dimension");
}

}  // namespace

std::string clock_stream(const std::string& group) {
  if (group == "truth") return "imu";
  return group.starts_with("truth_") ? group.substr(6) : group;
}

std::vector<ChannelSpec> channel_specs(const std::vector<Channel>& channels) {
  std::vector<ChannelSpec> specs;
  for (const Channel& c : channels) {
    ColumnSpec column{
        c.name,      Element::f8, 1, clock_stream(c.group) + "_sample", c.column_dimension,
        c.attributes};
    std::visit(
        [&](const auto& v) {
          column.element = element_of<typename std::decay_t<decltype(v)>::Scalar>();
          column.columns = v.cols();
        },
        c.values);
    specs.push_back({c.group, column});
  }
  return specs;
}

std::span<const std::byte> bytes_of(const Channel& channel) {
  return std::visit(
      [](const auto& v) {
        return std::as_bytes(std::span(v.data(), static_cast<std::size_t>(v.size())));
      },
      channel.values);
}

void check_same_channels(const std::vector<ChannelSpec>& expected,
                         const std::vector<ChannelSpec>& found, std::int64_t recording) {
  for (std::size_t i = 0; i < std::min(expected.size(), found.size()); ++i)
    check_same_channel(expected[i], found[i], recording);
  if (found.size() < expected.size())
    fail(recording, "channel " + path_of(expected[found.size()]) + " is missing");
  if (found.size() > expected.size())
    fail(recording, "channel " + path_of(found[expected.size()]) + " is new");
}

void check_channels(const std::vector<Channel>& channels, std::int64_t recording) {
  const std::vector<ChannelSpec> specs = channel_specs(channels);
  std::map<std::string, std::size_t> first;  // of each clock
  for (std::size_t i = 0; i < channels.size(); ++i) {
    check_dimensions(specs[i], recording);
    const auto at = first.emplace(clock_stream(specs[i].group), i).first;
    if (rows_of(channels[i]) != rows_of(channels[at->second]))
      fail(recording, path_of(specs[i]) + ": expected " +
                          std::to_string(rows_of(channels[at->second])) + " rows as in " +
                          path_of(specs[at->second]) + ", found " +
                          std::to_string(rows_of(channels[i])));
    const Index row =
        std::visit([](const auto& v) { return first_bad_row(v); }, channels[i].values);
    if (row >= 0)
      fail(recording, path_of(specs[i]) + ": not a finite number in row " + std::to_string(row));
  }
  for (const auto& [stream, at] : first) clock_of(channels, stream);
  check_fills(channels, recording);
}

std::span<const std::int64_t> clock_of(const std::vector<Channel>& channels,
                                       const std::string& stream) {
  for (const Channel& c : channels) {
    const auto* t = std::get_if<Rows<std::int64_t>>(&c.values);
    if (c.group == stream && c.name == "t" && t != nullptr && t->cols() == 1)
      return {t->data(), static_cast<std::size_t>(t->size())};
  }
  throw Error(ErrorKind::internal, "/" + stream + ": expected a channel t of int64, found none");
}

}  // namespace wrist
