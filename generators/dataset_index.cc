// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_index.h"

#include <algorithm>
#include <cmath>

#include "generators/arm_json.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

std::vector<std::string> class_names(const ShardHeader& header) {
  std::vector<std::string> names;
  for (const ClassInfo& c : header.classes) names.push_back(c.name);
  return names;
}

std::vector<std::string> event_names(const ShardHeader& header) {
  std::vector<std::string> names = class_names(header);
  for (const std::string& name : header.event_classes)
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  return names;
}

std::int64_t nanoseconds(double seconds) {
  constexpr double kMost = 9e9;  // s; beyond it 64 bits of nanoseconds run out
  require(std::isfinite(seconds) && std::abs(seconds) < kMost, ErrorKind::internal,
          "a time of an event or a label is not a number of seconds");
  return static_cast<std::int64_t>(std::floor(seconds * 1e9 + 0.5));
}

const StreamSlice* find_stream(const std::vector<StreamSlice>& slices, const std::string& name) {
  for (const StreamSlice& slice : slices)
    if (slice.stream == name) return &slice;
  return nullptr;
}

struct Majority {
  std::int16_t class_id = -1;
  float share = 0;
};

// Of equal counts the lowest class wins, and any class over none.
Majority majority(std::span<const std::int16_t> ids, std::size_t classes) {
  std::vector<std::size_t> counts(classes + 1);
  for (const std::int16_t id : ids) ++counts[id < 0 ? classes : static_cast<std::size_t>(id)];
  const auto most = std::max_element(counts.begin(), counts.end());
  const auto id = most - counts.begin();
  return {static_cast<std::int16_t>(id == static_cast<std::ptrdiff_t>(classes) ? -1 : id),
          static_cast<float>(*most) / static_cast<float>(ids.size())};
}

float share_of(std::span<const std::int16_t> class_id, std::int16_t wanted) {
  return static_cast<float>(std::count(class_id.begin(), class_id.end(), wanted)) /
         static_cast<float>(class_id.size());
}

}  // namespace

ShardIndex::ShardIndex(const ShardHeader& header)
    : header_(header),
      classes_("classes", class_names(header)),
      subjects_("subjects", header.subjects),
      clips_("clips", header.clips),
      devices_("devices", header.devices),
      straps_("straps", header.straps),
      placements_("placements", header.placements),
      splits_("splits", {"train", "validation", "test"}),
      event_classes_("event classes", event_names(header)),
      sources_("event sources", header.event_sources) {
  for (const ClassInfo& c : header.classes)
    require(c.attributes.size() == header.class_attributes.size(), ErrorKind::internal,
            "class " + c.name + ": expected " + std::to_string(header.class_attributes.size()) +
                " attributes, found " + std::to_string(c.attributes.size()));
  require(header.window_s > 0 && header.window_hop_s > 0, ErrorKind::internal,
          "window_s and window_hop_s: expected more than 0");
}

double ShardIndex::rate(const std::string& stream) const {
  const auto group = header_.group_attributes.find(stream);
  double rate_hz = 0;
  if (group != header_.group_attributes.end() && group->second.contains("rate_hz")) {
    const Attribute& value = group->second.at("rate_hz");
    if (const auto* number = std::get_if<double>(&value)) rate_hz = *number;
    if (const auto* integer = std::get_if<std::int64_t>(&value))
      rate_hz = static_cast<double>(*integer);
  }
  require(rate_hz > 0, ErrorKind::internal,
          "/" + stream + ": expected a group attribute rate_hz above 0, found none");
  return rate_hz;
}

std::int64_t ShardIndex::window_length(const std::string& stream) const {
  return std::max<std::int64_t>(1, std::llround(header_.window_s * rate(stream)));
}

std::vector<std::int16_t> ShardIndex::class_ids(const Recording& recording,
                                                std::span<const std::int64_t> t) const {
  std::vector<std::int16_t> ids(t.size(), -1);
  const auto sample = [&](std::int64_t time) {
    return std::lower_bound(t.begin(), t.end(), time) - t.begin();
  };
  for (const Label& label : recording.labels) {
    const auto id = static_cast<std::int16_t>(classes_.id(label.class_name));
    const auto first = sample(nanoseconds(label.start_s));
    // The sensor's clock may run a little past the end of what was recorded.
    const bool to_end = label.end_s >= recording.scenario.duration_s;
    const auto last = to_end ? std::ssize(t) : sample(nanoseconds(label.end_s));
    if (first < last) std::fill(ids.begin() + first, ids.begin() + last, id);
  }
  return ids;
}

void ShardIndex::add(const Recording& recording, const std::vector<StreamSlice>& slices,
                     std::span<const std::int16_t> class_id) {
  for (const StreamSlice& slice : slices) rate(slice.stream);
  for (const Event& event : recording.events) nanoseconds(event.start_s), nanoseconds(event.end_s);
  add_sequence(recording);
  if (streams_.empty())
    for (const StreamSlice& slice : slices) streams_.push_back({slice.stream, {}, {}, {}});
  for (std::size_t i = 0; i < slices.size(); ++i) {
    streams_[i].start.push_back(slices[i].start);
    streams_[i].count.push_back(std::ssize(slices[i].t));
  }
  add_events(recording.events);
  add_windows(slices, class_id);
}

// Looks every name up before it adds anything.
void ShardIndex::add_sequence(const Recording& recording) {
  const Scenario& s = recording.scenario;
  const auto class_id = static_cast<std::int16_t>(classes_.id(s.class_name));
  const std::int32_t subject = subjects_.id(s.subject_id),
                     clip = clips_.id(motion_source(s.motion));
  const std::int32_t device = devices_.id(s.device_id), strap = straps_.id(s.strap);
  const std::int32_t placement = placements_.id(s.placement_id);
  const auto split = static_cast<std::int8_t>(splits_.id(s.split));
  const auto wearer = std::pair(s.subject_id, s.side);
  if (!sequence_.arms.contains(wearer)) sequence_.arms[wearer] = arm_json(s);
  sequence_.duration.push_back(s.duration_s);
  sequence_.subject.push_back(subject);
  sequence_.clip.push_back(clip);
  sequence_.device.push_back(device);
  sequence_.strap.push_back(strap);
  sequence_.placement.push_back(placement);
  sequence_.class_id.push_back(class_id);
  sequence_.seed.push_back(s.seed);
  sequence_.index.push_back(s.index);
  sequence_.split.push_back(split);
  sequence_.scenarios.push_back(to_json(s));
}

void ShardIndex::add_events(const std::vector<Event>& events) {
  std::vector<const Event*> in_order;
  for (const Event& event : events) in_order.push_back(&event);
  std::stable_sort(in_order.begin(), in_order.end(),
                   [](const Event* a, const Event* b) { return a->start_s < b->start_s; });
  for (const Event* event : in_order) {
    event_.sequence.push_back(static_cast<std::int32_t>(sequences() - 1));
    event_.start_ns.push_back(nanoseconds(event->start_s));
    event_.end_ns.push_back(nanoseconds(event->end_s));
    event_.class_id.push_back(
        static_cast<std::int16_t>(event_classes_.id_or_add(event->class_name)));
    event_.source.push_back(static_cast<std::int8_t>(sources_.id_or_add(event->source)));
    event_.confidence.push_back(static_cast<float>(event->confidence));
    event_.speed.push_back(static_cast<float>(event->speed));
  }
}

// The row of `slice` nearest in time to sample `at` of the imu that leaves room for a whole window.
std::int64_t ShardIndex::same_instant(const StreamSlice& slice, const StreamSlice& imu,
                                      std::size_t at) const {
  if (slice.stream == imu.stream) return static_cast<std::int64_t>(at);
  const std::int64_t time = imu.t[at] - nanoseconds(0.5 / rate(slice.stream));
  const std::int64_t nearest =
      std::lower_bound(slice.t.begin(), slice.t.end(), time) - slice.t.begin();
  return std::min(nearest, std::ssize(slice.t) - window_length(slice.stream));
}

// The class of the first event of the latest recording that lies whole in [start, end], -1 if none:
// a tap is shorter than any window and would never be most of one.
std::int16_t ShardIndex::whole_event(std::int64_t start_ns, std::int64_t end_ns) const {
  std::int16_t found = -1;
  for (std::size_t i = event_.sequence.size(); i-- > 0;) {
    if (event_.sequence[i] != static_cast<std::int32_t>(sequences() - 1)) break;
    const bool is_class = event_.class_id[i] < std::ssize(classes_.names());
    if (is_class && event_.start_ns[i] >= start_ns && event_.end_ns[i] <= end_ns)
      found = event_.class_id[i];
  }
  return found;
}

void ShardIndex::add_windows(const std::vector<StreamSlice>& slices,
                             std::span<const std::int16_t> class_id) {
  const StreamSlice* imu = find_stream(slices, "imu");
  if (imu == nullptr) return;
  for (const StreamSlice& slice : slices)
    if (std::ssize(slice.t) < window_length(slice.stream)) return;
  const std::int64_t length = window_length("imu");
  const auto hop = std::max<std::int64_t>(1, std::llround(header_.window_hop_s * rate("imu")));
  for (std::int64_t start = 0; start + length <= std::ssize(imu->t); start += hop) {
    const auto at = static_cast<std::size_t>(start);
    for (std::size_t i = 0; i < slices.size(); ++i)
      streams_[i].window_start.push_back(slices[i].start + same_instant(slices[i], *imu, at));
    const auto inside = class_id.subspan(at, static_cast<std::size_t>(length));
    const std::int64_t end_ns = imu->t[at + static_cast<std::size_t>(length) - 1];
    const std::int16_t whole = whole_event(imu->t[at], end_ns);
    const Majority most = majority(inside, classes_.names().size());
    window_.sequence.push_back(static_cast<std::int32_t>(sequences() - 1));
    window_.class_id.push_back(whole < 0 ? most.class_id : whole);
    window_.purity.push_back(whole < 0 ? most.share : share_of(inside, whole));
  }
}

}  // namespace wrist
