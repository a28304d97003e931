// SPDX-License-Identifier: Apache-2.0
#include "generators/export/window_reader.h"

#include <algorithm>

namespace wrist::exports {
namespace {

// The datasets of one shard that windows are cut from.
struct Signals {
  explicit Signals(const Shard& shard, bool with_optical)
      : t(shard, "/imu/t"), accel(shard, "/imu/accel"), gyro(shard, "/imu/gyro") {
    if (with_optical) optical.emplace(shard, "/optical/counts");
  }
  CountReader<std::int64_t> t;
  CountReader<std::int16_t> accel, gyro;
  std::optional<CountReader<std::int32_t>> optical;
};

int joined(const Vocabulary& all, const std::vector<std::string>& names, int id) {
  return id < 0 ? -1 : all.id(names[static_cast<std::size_t>(id)]);
}

Window read_window(const Plan& plan, const ShardTables& t, Signals& signals, std::int64_t row) {
  const ShardTables::Window& from = t.windows[static_cast<std::size_t>(row)];
  const ShardTables::Sequence& s = t.sequences[static_cast<std::size_t>(from.sequence)];
  Window w;
  w.imu.resize(plan.profile.imu_length, 6);
  w.imu.leftCols(3) = signals.accel.read(from.imu_start, plan.profile.imu_length);
  w.imu.rightCols(3) = signals.gyro.read(from.imu_start, plan.profile.imu_length);
  if (signals.optical)
    w.optical = signals.optical->read(from.optical_start, plan.profile.optical_length);
  w.start_ns = signals.t.read(from.imu_start, 1)(0, 0);
  if (from.class_id >= 0)
    w.label = plan.classes.id(t.classes[static_cast<std::size_t>(from.class_id)].name);
  w.subject = joined(plan.subjects, t.subjects, s.subject);
  w.sequence = static_cast<std::int64_t>(s.index);
  w.purity = from.purity;
  if (s.split >= 0) w.split = t.split_names[static_cast<std::size_t>(s.split)];
  return w;
}

}  // namespace

Rows<float> to_si(const Window& window, const Profile& profile) {
  const auto column_scale = [&](Index k) {
    return k < 3 ? profile.accel_scale : profile.gyro_scale;
  };
  Rows<float> si(window.imu.rows(), window.imu.cols());
  for (Index i = 0; i < si.rows(); ++i)
    for (Index k = 0; k < si.cols(); ++k)
      si(i, k) = window.imu(i, k) == kImuFill
                     ? std::numeric_limits<float>::quiet_NaN()
                     : static_cast<float>(window.imu(i, k) * column_scale(k));
  return si;
}

void for_each_window(const Plan& plan, const std::function<bool()>& interrupted,
                     const std::function<void(const Window&)>& work) {
  constexpr std::int64_t kAskEvery = 64;  // windows
  std::int64_t number = 0;
  for (const std::filesystem::path& file : plan.files) {
    const Shard shard(file);
    const std::vector<std::int64_t> rows = select_windows(shard.tables(), plan.filter).rows;
    if (rows.empty()) continue;
    Signals signals(shard, plan.profile.optical_length > 0);
    for (const std::int64_t row : rows) {
      require(number % kAskEvery != 0 || !interrupted(), ErrorKind::interrupted,
              "export: interrupted, nothing was kept");
      Window window = read_window(plan, shard.tables(), signals, row);
      window.number = number++;
      work(window);
    }
  }
}

template <typename T>
CountReader<T>::CountReader(const Shard& shard, std::string path)
    : shard_(shard), path_(std::move(path)) {
  const Shard::Shape shape = shard_.shape(path_);
  require(shape.element == element_of<T>(), ErrorKind::bad_data,
          shard_.file().string() + ": " + path_ + ": expected type " + to_string(element_of<T>()) +
              ", found " + to_string(shape.element));
  rows_ = shape.rows;
  block_.resize(0, shape.columns);
}

template <typename T>
Rows<T> CountReader<T>::read(std::int64_t first, std::int64_t count) {
  constexpr std::int64_t kBlockRows = 16 * kChunkRows;
  if (first < first_ || first - first_ > block_.rows() - count) {
    const std::int64_t room = first < 0 ? 0 : rows_ - first;
    const Bytes bytes = shard_.bytes(path_, first, std::max(count, std::min(kBlockRows, room)));
    const Index columns = block_.cols();
    block_ = Eigen::Map<const Rows<T>>(reinterpret_cast<const T*>(bytes.data()),
                                       std::ssize(bytes) / static_cast<Index>(sizeof(T)) / columns,
                                       columns);
    first_ = first;
  }
  return block_.middleRows(first - first_, count);
}

template class CountReader<std::int16_t>;
template class CountReader<std::int32_t>;
template class CountReader<std::int64_t>;

}  // namespace wrist::exports
