// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

// A band bends: of the wrist's out-of-roundness it resists only this share. 1 is a bangle. [prior]
constexpr double kBandRigidity = 0.15;
// The distal radius and ulna widen the wrist; slope 0.4 after 1 cm. [prior]
constexpr double kFlare = 40;  // 1/m

void check(const Wearing& wearing) {
  const auto positive = [](double value, const char* name) {
    require(std::isfinite(value) && value > 0, ErrorKind::usage,
            std::string(name) + ": expected above 0, found " + std::to_string(value));
  };
  const auto not_negative = [](double value, const char* name) {
    require(std::isfinite(value) && value >= 0, ErrorKind::usage,
            std::string(name) + ": expected 0 or above, found " + std::to_string(value));
  };
  positive(wearing.case_spec.mass, "case mass");
  positive(wearing.case_spec.inertia.minCoeff(), "case inertia");
  positive(wearing.case_spec.size.minCoeff(), "case size");
  positive(wearing.case_spec.back_area, "case back_area");
  positive(wearing.wrist.half_breadth, "wrist half_breadth");
  positive(wearing.wrist.half_depth, "wrist half_depth");
  positive(wearing.wrist.tissue_stiffness, "wrist tissue_stiffness");
  positive(wearing.strap.tangential_stiffness, "strap tangential_stiffness");
  positive(wearing.strap.stribeck_speed, "strap stribeck_speed");
  not_negative(wearing.wrist.taper, "wrist taper");
  not_negative(wearing.wrist.tissue_hardening, "wrist tissue_hardening");
  not_negative(wearing.wrist.tissue_damping, "wrist tissue_damping");
  not_negative(wearing.wrist.shear_anisotropy, "wrist shear_anisotropy");
  positive(1 - wearing.wrist.shear_anisotropy, "1 - wrist shear_anisotropy");
  not_negative(wearing.wrist.bulge_volar, "wrist bulge_volar");
  not_negative(wearing.wrist.bulge_dorsal, "wrist bulge_dorsal");
  not_negative(wearing.wrist.stop_distance, "wrist stop_distance");
  not_negative(wearing.strap.stiffness, "strap stiffness");
  not_negative(wearing.strap.hardening, "strap hardening");
  not_negative(wearing.strap.damping, "strap damping");
  not_negative(wearing.strap.tangential_damping, "strap tangential_damping");
  not_negative(wearing.strap.friction_kinetic, "strap friction_kinetic");
  not_negative(wearing.strap.friction_static - wearing.strap.friction_kinetic,
               "strap friction_static above friction_kinetic");
  not_negative(wearing.wear.pressure, "wear pressure");
  not_negative(wearing.wear.wetness, "wear wetness");
}

/// Quadratic form of an ellipse with half axes a, b that stands rolled by `angle` about x in S.
struct Section {
  double yy, yz, zz;

  Section(double a, double b, double angle) {
    const double c = std::cos(angle), s = std::sin(angle);
    yy = c * c / (a * a) + s * s / (b * b);
    yz = c * s * (1 / (b * b) - 1 / (a * a));
    zz = s * s / (a * a) + c * c / (b * b);
  }
  double level(double y, double z) const {
    return std::sqrt(yy * y * y + 2 * yz * y * z + zz * z * z);
  }
};

/// Puts patch `i` at p_SP on this section, scaled so that its level grows by 1 per metre there.
/// Returns the outward normal's part along z.
double place(StrapModel& model, std::size_t i, const Eigen::Vector3d& p_SP,
             const Section& section) {
  const Eigen::Vector3d p_CP = inverse(model.X_SC_rest).R * (p_SP - model.X_SC_rest.p);
  model.p_x[i] = p_CP.x(), model.p_y[i] = p_CP.y(), model.p_z[i] = p_CP.z();
  const double y = p_SP.y(), z = p_SP.z(), g = section.level(y, z);
  const double slope_y = (section.yy * y + section.yz * z) / g;
  const double slope_z = (section.yz * y + section.zz * z) / g;
  const double scale = 1 / std::hypot(slope_y, slope_z);
  model.yy[i] = scale * scale * section.yy;
  model.yz[i] = scale * scale * section.yz;
  model.zz[i] = scale * scale * section.zz;
  model.offset[i] = scale * g + model.taper * p_SP.x();  // the skin is moulded to the patch
  return slope_z * scale;
}

/// Sinks the patch in until it presses: stiffness d (1 + hardening d) = force over the gradient.
/// Returns how much stiffer it is there.
double press(StrapModel& model, std::size_t i, double normal_force) {
  if (model.stiffness[i] <= 0) return 1;
  const double soft = normal_force / (model.stiffness[i] * std::hypot(1, model.taper));
  const double depth = 2 * soft / (1 + std::sqrt(1 + 4 * model.hardening[i] * soft));
  model.offset[i] += depth;
  return 1 + 2 * model.hardening[i] * depth;
}

/// Tendons run on both sides, flexors and their muscles on the palm side; little on the edges.
double bulge_share(const WristShape& wrist, const Eigen::Vector3d& p_SP, double angle) {
  const double z_F = std::sin(angle) * p_SP.y() + std::cos(angle) * p_SP.z();
  const double volar = (1 - z_F / std::hypot(p_SP.y(), p_SP.z())) / 2;
  return wrist.bulge_dorsal + (wrist.bulge_volar - wrist.bulge_dorsal) * volar * volar;
}

/// Corners of a square back of the given area. Returns the sum of normals along z.
double place_case(StrapModel& model, const Wearing& wearing, double angle) {
  const Section skin(wearing.wrist.half_breadth, wearing.wrist.half_depth, angle);
  const double side = std::sqrt(wearing.case_spec.back_area);
  model.span_x = model.span_y = side;
  double lift = 0;
  for (std::size_t i = 0; i < kCasePatches; ++i) {
    const Eigen::Vector3d p_CP{(i % 2 == 0 ? -0.5 : 0.5) * side, (i < 2 ? -0.5 : 0.5) * side,
                               -wearing.case_spec.height};
    const Eigen::Vector3d p_SP = model.X_SC_rest.p + model.X_SC_rest.R * p_CP;
    lift += place(model, i, p_SP, skin);
    model.lifted[i] = bulge_share(wearing.wrist, p_SP, angle);
    model.hardening[i] = wearing.wrist.tissue_hardening;
    model.stiffness[i] = wearing.wrist.tissue_stiffness / kCasePatches;
    model.damping[i] = wearing.wrist.tissue_damping / kCasePatches;
    model.stop[i] = p_SP.x() + wearing.wrist.stop_distance;
  }
  return lift;
}

/// Middles of equal arcs of the band, which leaves the case at its ends at 12 and 6 o'clock.
double place_band(StrapModel& model, const Wearing& wearing, double angle) {
  const double a = wearing.wrist.half_breadth, b = wearing.wrist.half_depth, mean = (a + b) / 2;
  const Section skin(a, b, angle);
  const Section felt(mean + kBandRigidity * (a - mean), mean + kBandRigidity * (b - mean), angle);
  const double start = std::atan2(wearing.case_spec.size.y() / 2, b);
  double lift = 0;
  for (std::size_t k = 0; k < kBandPatches; ++k) {
    const double step = (2 * kPi - 2 * start) / kBandPatches;
    const double polar =
        (k % 2 == 0 ? 1 : -1) * (start + step * (0.5 + static_cast<double>(k / 2)));
    const double y = std::sin(polar), z = std::cos(polar), radius = 1 / skin.level(y, z);
    const std::size_t i = kCasePatches + k;
    const Eigen::Vector3d p_SP{0, radius * y, radius * z};
    lift += place(model, i, p_SP, felt);
    model.lifted[i] = bulge_share(wearing.wrist, p_SP, angle);
    model.hardening[i] = wearing.strap.hardening;
    model.stiffness[i] = wearing.strap.stiffness / kBandPatches;
    model.damping[i] = wearing.strap.damping / kBandPatches;
    model.stop[i] = wearing.wrist.stop_distance;
  }
  return lift;
}

/// Lanes that fill up the last vector: somewhere harmless, far off the skin.
void place_padding(StrapModel& model) {
  for (std::size_t i = kPatches; i < kLanes; ++i) {
    model.p_x[i] = model.p_x[0], model.p_y[i] = model.p_y[0], model.p_z[i] = model.p_z[0];
    model.yy[i] = model.zz[i] = 1, model.yz[i] = 0;
    model.offset[i] = -1;
    model.stop[i] = 1;
    model.stiffness[i] = model.damping[i] = model.hardening[i] = model.lifted[i] = 0;
  }
}

}  // namespace

StrapModel build_strap_model(Side side, const Wearing& wearing) {
  check(wearing);
  const StrapSpec& strap = wearing.strap;
  const double angle = (side == Side::left ? 1 : -1) * wearing.wear.roll;  // R_FS about x
  StrapModel model;
  model.taper = wearing.wrist.taper;
  model.flare = kFlare;
  model.along_stiffness = 1 - wearing.wrist.shear_anisotropy;
  model.along_damping = std::sqrt(model.along_stiffness);
  model.friction_static = strap.friction_static * wearing.wear.wetness;
  model.friction_kinetic = strap.friction_kinetic * wearing.wear.wetness;
  model.stribeck_speed = strap.stribeck_speed;
  model.mass = wearing.case_spec.mass;
  model.inertia = wearing.case_spec.inertia;
  model.back_area = wearing.case_spec.back_area;
  model.X_SC_rest = nominal_case_pose(side, wearing);
  model.loop = make_loop(model.X_SC_rest, wearing);

  const double case_lift = place_case(model, wearing, angle);
  const double band_lift = place_band(model, wearing, angle);
  place_padding(model);

  const double case_force = wearing.wear.pressure * wearing.case_spec.back_area / kCasePatches;
  require(band_lift < 0, ErrorKind::usage,
          "case size: expected a case narrower than the wrist is round, found a band that cannot "
          "hold it down");
  const double band_force = case_force * case_lift / -band_lift;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double grown =
        i < kPatches ? press(model, i, i < kCasePatches ? case_force : band_force) : 1;
    model.tangential_stiffness[i] = strap.tangential_stiffness / kPatches * grown;
    model.tangential_damping[i] = strap.tangential_damping / kPatches * std::sqrt(grown);
    model.compliance[i] = 1 / model.tangential_stiffness[i];
  }
  return model;
}

}  // namespace wrist
