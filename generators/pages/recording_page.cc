// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/recording_page.h"

#include <nlohmann/json.hpp>
#include <numeric>

#include "generators/dataset_check.h"

namespace wrist {
namespace {

using nlohmann::json;

std::string base64(const Bytes& bytes) {
  constexpr const char* kLetters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8 | (i + k < bytes.size() ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : kLetters[word >> (18 - 6 * k) & 63];
  }
  return text;
}

// JavaScript's numbers hold integers up to 2^53.
json to_json(const Attribute& value) {
  if (const auto* large = std::get_if<std::uint64_t>(&value); large && *large >> 53 != 0)
    return std::to_string(*large);
  return std::visit([](const auto& v) { return json(v); }, value);
}

json to_json(const Attributes& attributes) {
  json out = json::object();
  for (const auto& [name, value] : attributes) out[name] = to_json(value);
  return out;
}

class Cutter {
 public:
  Cutter(const Shard& shard, std::int64_t sequence) : shard_(shard), sequence_(sequence) {}

  json cut() const {
    json groups = json::object();
    for (const std::string& name : shard_.groups()) groups[name] = cut_group(name);
    return {{"kind", "recording"},
            {"file", shard_.file().filename().string()},
            {"sequence", sequence_},
            {"attributes", to_json(shard_.attributes("/"))},
            {"groups", groups}};
  }

 private:
  json cut_group(const std::string& group) const {
    const auto rows = rows_of(group);
    json datasets = json::object();
    for (const std::string& name : shard_.datasets(group))
      datasets[name] = cut_dataset(group, name, group == "splits" ? split_rows(name) : rows);
    json attributes = to_json(shard_.attributes("/" + group));
    if (group == "sequences") keep_own(attributes);
    return {{"attributes", attributes}, {"datasets", datasets}};
  }

  json cut_dataset(const std::string& group, const std::string& name,
                   const std::vector<std::int64_t>& rows) const {
    const std::string path = "/" + group + "/" + name;
    const Shard::Shape shape = shard_.shape(path);
    Bytes values = read(path, shape, rows);
    if (const std::int64_t origin = origin_of(group, name); origin != 0)
      shift(values, shape.element, origin);
    return {{"element", to_string(shape.element)},
            {"rank", shape.rank},
            {"columns", shape.columns},
            {"rows", rows.size()},
            {"attributes", to_json(shard_.attributes(path))},
            {"base64", base64(values)}};
  }

  // Rows in one read where they lie together, which is nearly always.
  Bytes read(const std::string& path, const Shard::Shape& shape,
             const std::vector<std::int64_t>& rows) const {
    if (rows.empty()) return {};
    const std::int64_t first = rows.front(), count = rows.back() - first + 1;
    const Bytes all = shard_.bytes(path, first, count);
    if (count == std::ssize(rows)) return all;
    const auto row_bytes = static_cast<std::ptrdiff_t>(size_of(shape.element)) * shape.columns;
    Bytes some;
    for (const std::int64_t row : rows) {
      const auto from = all.begin() + (row - first) * row_bytes;
      some.insert(some.end(), from, from + row_bytes);
    }
    return some;
  }

  std::vector<std::int64_t> rows_of(const std::string& group) const {
    if (group == "sequences") return {sequence_};
    if (group == "events") return rows_where(shard_.tables().events);
    if (group == "windows") return rows_where(shard_.tables().windows);
    if (group == "splits") return {};
    const std::string start = "/sequences/" + clock_stream(group) + "_start";
    const bool table = group == "classes" || group == "vocab" || !shard_.has(start);
    std::int64_t first = 0, count = 0;
    if (!table) {
      first = cell(start);
      count = cell("/sequences/" + clock_stream(group) + "_count");
    } else if (const auto names = shard_.datasets(group); !names.empty()) {
      count = shard_.shape("/" + group + "/" + names.front()).rows;
    }
    std::vector<std::int64_t> rows(static_cast<std::size_t>(count));
    std::iota(rows.begin(), rows.end(), first);
    return rows;
  }

  template <typename Row>
  std::vector<std::int64_t> rows_where(const std::vector<Row>& table) const {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i)
      if (table[i].sequence == sequence_) rows.push_back(static_cast<std::int64_t>(i));
    return rows;
  }

  std::vector<std::int64_t> split_rows(const std::string& split) const {
    const auto& members = shard_.tables().splits.at(split);
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < members.size(); ++i)
      if (members[i] == sequence_) rows.push_back(static_cast<std::int64_t>(i));
    return rows;
  }

  // What row numbers of this dataset are counted from; 0 for what holds none.
  std::int64_t origin_of(const std::string& group, const std::string& name) const {
    if (group == "splits" || ((group == "events" || group == "windows") && name == "sequence"))
      return sequence_;
    if ((group == "sequences" || group == "windows") && name.ends_with("_start"))
      return cell("/sequences/" + name);
    return 0;
  }

  std::int64_t cell(const std::string& path) const {
    const Bytes bytes = shard_.bytes(path, sequence_, 1);
    std::int64_t value = 0;
    require(bytes.size() == sizeof value, ErrorKind::bad_data, path + ": expected i8");
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  static void shift(Bytes& bytes, Element element, std::int64_t origin) {
    const auto each = [&bytes, origin]<typename T>(T) {
      for (std::size_t i = 0; i + sizeof(T) <= bytes.size(); i += sizeof(T)) {
        T value;
        std::memcpy(&value, &bytes[i], sizeof value);
        value = static_cast<T>(value - origin);
        std::memcpy(&bytes[i], &value, sizeof value);
      }
    };
    element == Element::i8 ? each(std::int64_t{}) : each(std::int32_t{});
  }

  // Scenario and arm of this recording alone.
  void keep_own(json& attributes) const {
    const std::string& text =
        shard_.tables().sequences[static_cast<std::size_t>(sequence_)].scenario;
    attributes["scenarios"] = {text};
    if (!attributes.contains("arms")) return;
    const json scenario = json::parse(text, nullptr, false);
    json own = json::array();
    for (const json& arm : attributes["arms"]) {
      const json parsed = json::parse(arm.get<std::string>(), nullptr, false);
      if (parsed.value("subject", "") == scenario.value("subject_id", "") &&
          parsed.value("side", "") == scenario.value("side", ""))
        own.push_back(arm);
    }
    attributes["arms"] = own;
  }

  const Shard& shard_;
  std::int64_t sequence_;
};

}  // namespace

std::string recording_json(const Shard& shard, std::int64_t sequence) {
  const std::int64_t count = std::ssize(shard.tables().sequences);
  require(sequence >= 0 && sequence < count, ErrorKind::usage,
          shard.file().string() + ": no sequence " + std::to_string(sequence) +
              (count == 0 ? "; the shard holds no recordings"
                          : "; it holds 0 to " + std::to_string(count - 1)));
  return Cutter(shard, sequence).cut().dump();
}

}  // namespace wrist
