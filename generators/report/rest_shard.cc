// SPDX-License-Identifier: Apache-2.0
#include <Eigen/QR>

#include "generators/dataset_read.h"
#include "generators/report/rest_recording.h"
#include "generators/report/text.h"
#include "sim/base/error.h"

namespace wrist::report {
namespace {

using Whole = Eigen::Array<bool, Eigen::Dynamic, 1>;  // rows

// The sequence-th recording over the shards of a folder.
std::pair<std::filesystem::path, std::size_t> find_sequence(const std::filesystem::path& path,
                                                            std::int64_t sequence) {
  std::int64_t before = 0;
  for (const std::filesystem::path& file : find_shards(path)) {
    const std::int64_t count = std::ssize(Shard(file).tables().sequences);
    if (sequence >= before && sequence - before < count)
      return {file, static_cast<std::size_t>(sequence - before)};
    before += count;
  }
  throw Error(ErrorKind::usage, path.string() + ": no sequence " + std::to_string(sequence) +
                                    "; it holds 0 to " + std::to_string(before - 1));
}

Series3 rows_of(const Series3& values, const Whole& whole) {
  Series3 kept(whole.count(), 3);
  Index at = 0;
  for (Index i = 0; i < values.rows(); ++i)
    if (whole[i]) kept.row(at++) = values.row(i);
  return kept;
}

// Least squares of both triads on both truths: scale, misalignment and a gyroscope's sensitivity to
// acceleration turn a wrist's movement into error, and are no noise.
void take_off(RestRecording& r, const Series3& accel, const Series3& gyro) {
  Eigen::MatrixXd truth(accel.rows(), 6);
  truth << accel.matrix(), gyro.matrix();
  truth.rowwise() -= truth.colwise().mean().eval();
  const Eigen::MatrixXd inverse =
      (truth.transpose() * truth).eval().completeOrthogonalDecomposition().pseudoInverse();
  for (Series3* measured : {&r.accel, &r.gyro}) {
    const Eigen::MatrixXd gain = inverse * (truth.transpose() * measured->matrix());
    *measured -= (truth * gain).array();
  }
  r.notes.push_back(
      "The truth is known: what the sensor makes of movement was taken off, the figures are its "
      "noise.");
}

}  // namespace

RestRecording read_rest_shard(const std::filesystem::path& path, std::int64_t sequence) {
  const auto [file, row] = find_sequence(path, sequence);
  const Shard shard(file);
  const ShardTables::Sequence& s = shard.tables().sequences[row];
  require(shard.has("/imu/accel") && shard.has("/imu/gyro") && s.imu_count > 1, ErrorKind::bad_data,
          file.string() + ": expected inertial samples in sequence " + std::to_string(sequence) +
              ", found none");
  const auto read = [&](const char* name) -> Series3 {
    return shard.read(name, s.imu_start, s.imu_count);
  };
  const Series3 accel = read("/imu/accel"), gyro = read("/imu/gyro");
  const Eigen::ArrayXXd t = shard.read("/imu/t", s.imu_start, s.imu_count);
  const Whole whole = (accel.rowwise().sum() + gyro.rowwise().sum()).isFinite();
  RestRecording r;
  r.source = file.filename().string() + ", sequence " + std::to_string(sequence);
  r.rate_hz = 1e9 * static_cast<double>(s.imu_count - 1) / (t(s.imu_count - 1, 0) - t(0, 0));
  r.accel = rows_of(accel, whole);
  r.gyro = rows_of(gyro, whole);
  if (whole.count() < whole.size())
    r.notes.push_back(counted(whole.size() - whole.count(), "sample is", "samples are") +
                      " missing; those around were joined.");
  if (shard.has("/truth/clean_accel") && shard.has("/truth/clean_gyro"))
    take_off(r, rows_of(read("/truth/clean_accel"), whole),
             rows_of(read("/truth/clean_gyro"), whole));
  return r;
}

}  // namespace wrist::report
