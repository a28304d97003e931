// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/path_run.h"

#include <cmath>
#include <string>

#include "sensor_models/optical/photons/blocks.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kFarthest = 10e-3;  // m; of the rings in a table

struct CellTally {
  Score detected;
  std::array<WeightedLength, kSkinLayers> path;

  void add(double w, const Photon& photon) {
    detected.add(w);
    for (std::size_t i = 0; i < kSkinLayers; ++i) path[i].add(w, photon.path[i]);
  }
  CellTally& operator+=(const CellTally& other) {
    detected += other.detected;
    for (std::size_t i = 0; i < kSkinLayers; ++i) path[i] += other.path[i];
    return *this;
  }
};

// [melanin x rings + ring]; empty until something is counted.
struct RunTally {
  std::vector<CellTally> cells;

  RunTally& operator+=(const RunTally& other) {
    if (cells.size() < other.cells.size()) cells.resize(other.cells.size());
    for (std::size_t i = 0; i < other.cells.size(); ++i) cells[i] += other.cells[i];
    return *this;
  }
};

void require_field(bool fine, const std::string& field, const std::string& expected, double found) {
  require(fine, ErrorKind::usage,
          field + ": expected " + expected + ", found " + std::to_string(found));
}

void check(const PathRunSpec& s) {
  require(!s.melanosome_fraction.empty(), ErrorKind::usage,
          "melanosome_fraction: expected one or more, found none");
  require_field(s.source_radius >= 0, "source_radius", "0 m or more", s.source_radius);
  require_field(s.acceptance > 0 && s.acceptance <= 1, "acceptance", "a sine above 0 up to 1",
                s.acceptance);
  require_field(s.ring_width > 0, "ring_width", "more than 0 m", s.ring_width);
  require_field(s.rings > 0, "rings", "1 or more", static_cast<double>(s.rings));
  require_field(s.photons > 0, "photons", "1 or more", static_cast<double>(s.photons));
}

// Somewhere on the disc (by symmetry on the x axis), into the skin as a Lambertian source in air.
Photon launch(const PathRunSpec& spec, UniformStream& uniforms) {
  Photon photon;
  photon.x = spec.source_radius * std::sqrt(uniforms.next());
  const double sine_air = std::sqrt(uniforms.next());
  const double sine = sine_air / kSkinIndex;
  const portable::SinCos azimuth = portable::sincos(2 * kPi * uniforms.next());
  photon.ux = sine * azimuth.cos;
  photon.uy = sine * azimuth.sin;
  photon.uz = std::sqrt(1 - sine * sine);
  const double sine_above = sine_air / spec.skin.index_above;
  photon.log_gain =
      portable::log(1 - fresnel_reflectance(spec.skin.index_above, kSkinIndex,
                                            std::sqrt(std::max(0., 1 - sine_above * sine_above))));
  return photon;
}

// The ring a photon leaves through, or none.
std::size_t ring_of(const PathRunSpec& spec, const Photon& photon, Exit exit) {
  const double sine = kSkinIndex * std::sqrt(photon.ux * photon.ux + photon.uy * photon.uy);
  if (exit != Exit::above || sine > spec.acceptance) return spec.rings;
  const double radius = std::sqrt(photon.x * photon.x + photon.y * photon.y);
  return static_cast<std::size_t>(
      std::min(radius / spec.ring_width, static_cast<double>(spec.rings)));
}

// The media at every melanin level: they differ in what they absorb.
std::vector<LayeredMedium> media(const PathRunSpec& spec) {
  std::vector<LayeredMedium> list;
  SkinSpec skin = spec.skin;
  for (const double fraction : spec.melanosome_fraction) {
    skin.melanosome_fraction = fraction;
    list.push_back(skin_medium(skin));
  }
  return list;
}

double weight_in(const LayeredMedium& medium, Photon photon) {
  photon.optical_depth = 0;
  for (std::size_t i = 0; i < kSkinLayers; ++i)
    photon.optical_depth += medium.layers[i].absorption * photon.path[i];
  return weight(photon);
}

PathCell to_cell(const CellTally& tally, double area, std::int64_t photons) {
  PathCell cell;
  const Estimate share = tally.detected.mean(photons);
  cell.detected = {share.value / area, share.error / area};
  cell.photons = tally.detected.effective();
  for (std::size_t i = 0; i < kSkinLayers; ++i) {
    cell.path[i] = tally.path[i].mean();
    cell.path_photons[i] = tally.path[i].share.effective();
  }
  return cell;
}

PathRun to_run(const PathRunSpec& spec, const RunTally& tally) {
  PathRun run{spec, {}, {}};
  const std::size_t levels = spec.melanosome_fraction.size();
  run.cells.assign(levels, {});
  for (std::size_t ring = 0; ring < spec.rings; ++ring) {
    const double inner = static_cast<double>(ring) * spec.ring_width;
    const double outer = inner + spec.ring_width;
    run.rho.push_back((inner + outer) / 2);
    const double area = kPi * (outer * outer - inner * inner);
    for (std::size_t m = 0; m < levels; ++m)
      run.cells[m].push_back(to_cell(tally.cells[m * spec.rings + ring], area, spec.photons));
  }
  return run;
}

}  // namespace

PathRun trace_paths(const PathRunSpec& spec, const Rng& rng, int jobs) {
  check(spec);
  const std::vector<LayeredMedium> skin = media(spec);
  const auto one = [&](RunTally& tally, UniformStream& uniforms) {
    if (tally.cells.empty()) tally.cells.resize(skin.size() * spec.rings);
    Photon photon = launch(spec, uniforms);
    const Exit exit = walk(skin.front(), spec.limits, photon, uniforms);
    const std::size_t ring = ring_of(spec, photon, exit);
    if (ring >= spec.rings) return;
    for (std::size_t m = 0; m < skin.size(); ++m)
      tally.cells[m * spec.rings + ring].add(weight_in(skin[m], photon), photon);
  };
  return to_run(spec, sum_over_photons<RunTally>(spec.photons, rng, jobs, one));
}

PathTable path_table(const PathRun& run) {
  PathTable table;
  table.wavelength_nm = run.spec.skin.wavelength_nm;
  table.melanosome_fraction = run.spec.melanosome_fraction;
  table.log_detected.resize(run.cells.size());
  table.path.resize(run.cells.size());
  for (std::size_t ring = 1; ring < run.rho.size() && run.rho[ring] < kFarthest; ++ring) {
    table.rho.push_back(run.rho[ring]);
    for (std::size_t m = 0; m < run.cells.size(); ++m) {
      const PathCell& cell = run.cells[m][ring];
      require(cell.detected.value > 0, ErrorKind::usage,
              "photons: expected enough to reach " + std::to_string(run.rho[ring] * 1e3) +
                  " mm, found " + std::to_string(run.spec.photons));
      table.log_detected[m].push_back(portable::log(cell.detected.value));
      std::array<double, kSkinLayers> path{};
      for (std::size_t i = 0; i < kSkinLayers; ++i) path[i] = cell.path[i].value;
      table.path[m].push_back(path);
    }
  }
  return table;
}

}  // namespace wrist
