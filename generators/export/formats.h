// SPDX-License-Identifier: Apache-2.0
/// One function per format: from what was planned to files that are not committed yet.
///
///   Plan -> windows | npy | webdataset | sensorlog -> OutputFiles
///
/// A lost sample is kImuFill or kOpticalFill where counts are written, NaN where floats are, and an
/// absent row of a log. All throw Error(io), Error(bad_data) and Error(interrupted).
#pragma once

#include "generators/export/output_files.h"
#include "generators/export/window_reader.h"

namespace wrist::exports {

struct Job {
  const Plan& plan;
  std::filesystem::path out;
  std::function<bool()> interrupted;
};

/// What was written beside the files.
struct Written {
  std::int64_t samples = 0, lost = 0;  // inertial; windows overlap, and each counts its own
};

/// One HDF5 file `out`: imu i2[W,6,T], optical i4[W,C,Tp], label i2, subject and sequence i4,
/// start_ns i8; names, scales and conventions as attributes.
Written write_windows(const Job& job, OutputFiles& files);

/// Folder `out`: X.npy f4[W,T,6] in SI, Y.npy and pid.npy i8[W], meta.json.
Written write_npy(const Job& job, OutputFiles& files);

/// `out`-000000.tar, ... of `per_tar` windows: NUMBER.imu.npy f4[T,6] in SI, NUMBER.optical.npy
/// i4[Tp,C], NUMBER.json.
Written write_webdataset(const Job& job, OutputFiles& files, std::int64_t per_tar);

/// Folder `out`: recording-000000.csv as SensorLog writes it and recording-000000.events.json, by
/// index in the recipe, and meta.json.
Written write_sensorlog(const Job& job, OutputFiles& files);

}  // namespace wrist::exports
