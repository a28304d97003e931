// SPDX-License-Identifier: Apache-2.0
#include "sim/body/arm_model.h"

#include <Eigen/Geometry>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;

// de Leva 1996: mass over body mass; centre of mass from the proximal end and radii of gyration
// (sagittal, transverse, longitudinal) over segment length. The hand's length runs to the
// fingertip.
struct SegmentShares {
  double mass, centre;
  Vector3d radii;
};
struct SegmentTable {
  SegmentShares upper_arm, forearm, hand;
};
// clang-format off
const SegmentTable kMaleSegments = {{0.0271, 0.5772, {0.285, 0.269, 0.158}},
                                    {0.0162, 0.4574, {0.276, 0.265, 0.121}},
                                    {0.0061, 0.3624, {0.288, 0.235, 0.184}}};
const SegmentTable kFemaleSegments = {{0.0255, 0.5754, {0.278, 0.260, 0.148}},
                                      {0.0138, 0.4559, {0.261, 0.257, 0.094}},
                                      {0.0056, 0.3427, {0.244, 0.208, 0.184}}};
// clang-format on

// Share of the forearm that turns with pronation: the radius, its muscles and the distal skin
// [assumed; the split leaves the whole forearm's inertia as de Leva has it].
constexpr double kPronatingShare = 0.5;
// Shoulder joint from the midline over stature: Drillis and Contini 1966 (half shoulder width
// 0.129), less the way from acromion to the joint's centre [assumed].
constexpr double kShoulderOffset = 0.11;

// Link lengths over hand length, Greiner 1991 (NATICK/TR-92/011); the thumb's at 194 mm hand
// length.
struct DigitShares {
  double metacarpal;  // wrist to first joint, along x
  double lateral;     // of the first joint towards the radial side, over hand breadth [assumed]
  std::array<double, 3> links;
  std::array<double, 3> mass;    // kg; MyoHand (myo_sim), scaled with the hand's mass
  std::array<double, 3> radius;  // m at 88.3 mm hand breadth [assumed]
};
constexpr double kReferenceBreadth = 0.0883;  // m; ANSUR II male mean
constexpr double kReferenceHandMass = 0.459;  // kg; 0.0061 of the model's 75.3 kg
// clang-format off
const std::array<DigitShares, kDigits> kDigitShares = {{
    {0.12, 0.24, {45. / 194, 32. / 194, 27. / 194}, {0.016, 0.0079, 0.003}, {0.012, 0.0105, 0.0095}},
    {0.435, 0.30, {0.247, 0.117, 0.141}, {0.010, 0.003, 0.002}, {0.0095, 0.0085, 0.0078}},
    {0.432, 0.09, {0.275, 0.139, 0.141}, {0.010, 0.003, 0.002}, {0.0095, 0.0085, 0.0078}},
    {0.396, -0.12, {0.268, 0.126, 0.144}, {0.010, 0.003, 0.002}, {0.0090, 0.0080, 0.0073}},
    {0.376, -0.31, {0.209, 0.090, 0.131}, {0.005, 0.003, 0.002}, {0.0080, 0.0070, 0.0065}},
}};
// clang-format on
// The thumb's base lies on the palmar side, over hand breadth [assumed].
constexpr double kThumbDepth = 0.10;
// Thumb at angle zero, right hand in H: its long axis and its nail side [assumed; an open hand].
const Vector3d kThumbAxis{0.74, 0.58, -0.34};
const Vector3d kThumbNail{-0.30, 0.72, 0.50};

constexpr double kPalmThickness = 0.028;  // m at the reference breadth [assumed]

Matrix3d gyration_inertia(double mass, double length, const Vector3d& radii) {
  // Segment axes: x longitudinal, y sagittal (fore and aft of a hanging arm), z transverse.
  const Vector3d r = length * Vector3d(radii[2], radii[0], radii[1]);
  return Vector3d(mass * r.cwiseAbs2()).asDiagonal();
}

// Solid cylinder along x.
Matrix3d cylinder_inertia(double mass, double length, double radius) {
  const double side = mass * (radius * radius / 4 + length * length / 12);
  return Vector3d(mass * radius * radius / 2, side, side).asDiagonal();
}

struct Builder {
  ArmModel arm;
  double hand_mass = 0;

  ArmBody& add(Body body, Body parent, const Vector3d& p_PJ, const Vector3d& axis,
               std::array<double, 2> range_deg) {
    ArmBody& b = arm.bodies[static_cast<std::size_t>(body)];
    b.parent = body == Body::upper_arm ? -1 : static_cast<int>(parent);
    b.p_PJ = p_PJ;
    b.R_PJ = Matrix3d::Identity();
    b.axis = axis;
    b.lower = range_deg[0] * kDegree;
    b.upper = range_deg[1] * kDegree;
    b.p_BCm = Vector3d::Zero();
    b.inertia = Matrix3d::Zero();
    return b;
  }

  static void set_mass(ArmBody& b, double mass, double centre, const Matrix3d& inertia) {
    b.mass = mass;
    b.p_BCm = {centre, 0, 0};
    b.inertia = inertia;
  }
};

// Ranges: AAOS, ISB; degrees.
void add_arm(Builder& build, const SegmentTable& table) {
  const SubjectParams& s = build.arm.subject;
  const double m = build.arm.mirror(), mass = s.measure(Measure::mass);
  const double upper = s.measure(Measure::upper_arm), fore = s.measure(Measure::forearm);
  const double wrist_radius = s.measure(Measure::wrist_circumference) / (2 * kPi);
  const double fore_radius = s.measure(Measure::forearm_circumference) / (2 * kPi);

  ArmBody& u =
      build.add(Body::upper_arm, Body::upper_arm, build.arm.p_TU, Vector3d::Zero(), {0, 0});
  u.length = upper;
  u.radius = 1.05 * fore_radius;  // [assumed]
  const SegmentShares& us = table.upper_arm;
  Builder::set_mass(u, mass * us.mass, us.centre * upper,
                    gyration_inertia(mass * us.mass, upper, us.radii));

  const SegmentShares& fs = table.forearm;
  const double fore_mass = mass * fs.mass;
  const Matrix3d fore_inertia = gyration_inertia(fore_mass, fore, fs.radii);
  ArmBody& e =
      build.add(Body::elbow, Body::upper_arm, {upper, 0, 0}, m * Vector3d::UnitZ(), {0, 150});
  e.length = fore / 2;
  e.radius = fore_radius;
  Builder::set_mass(e, (1 - kPronatingShare) * fore_mass, fs.centre * fore,
                    (1 - kPronatingShare) * fore_inertia);
  ArmBody& f =
      build.add(Body::forearm, Body::elbow, Vector3d::Zero(), -m * Vector3d::UnitX(), {-90, 90});
  f.length = fore;
  f.radius = wrist_radius;
  Builder::set_mass(f, kPronatingShare * fore_mass, fs.centre * fore,
                    kPronatingShare * fore_inertia);

  build.add(Body::wrist_deviation, Body::forearm, {fore, 0, 0}, -m * Vector3d::UnitZ(), {-20, 30});
  build.add(Body::hand, Body::wrist_deviation, Vector3d::Zero(), Vector3d::UnitY(), {-70, 80});
}

void orient_thumb(ArmBody& base, double mirror) {
  const Vector3d flip(1, mirror, 1);
  const Vector3d x = kThumbAxis.cwiseProduct(flip).normalized();
  const Vector3d nail = kThumbNail.cwiseProduct(flip);
  const Vector3d z = (nail - nail.dot(x) * x).normalized();
  base.R_PJ << x, z.cross(x), z;
}

void add_digit(Builder& build, int digit) {
  const SubjectParams& s = build.arm.subject;
  const double m = build.arm.mirror();
  const double hand = s.measure(Measure::hand_length), breadth = s.measure(Measure::hand_breadth);
  const DigitShares& d = kDigitShares[static_cast<std::size_t>(digit)];
  const bool thumb = digit == 0;
  // Away from the middle finger; the thumb's abduction lifts it off the palm.
  const double outward = digit <= 2 ? m : -m;
  const Vector3d base(d.metacarpal * hand, m * d.lateral * breadth,
                      thumb ? -kThumbDepth * breadth : 0);
  const std::array<std::array<double, 2>, 4> ranges =
      thumb ? std::array<std::array<double, 2>, 4>{{{-5, 60}, {-25, 45}, {-10, 60}, {-25, 85}}}
            : std::array<std::array<double, 2>, 4>{{{-25, 25}, {-30, 90}, {-5, 110}, {-10, 80}}};

  ArmBody& carrier =
      build.add(digit_body(digit, 0), Body::hand, base, outward * Vector3d::UnitZ(), ranges[0]);
  if (thumb) orient_thumb(carrier, m);
  double reach = 0;
  for (int joint = 1; joint <= 3; ++joint) {
    const std::size_t link = static_cast<std::size_t>(joint - 1);
    ArmBody& b = build.add(digit_body(digit, joint), digit_body(digit, joint - 1), {reach, 0, 0},
                           Vector3d::UnitY(), ranges[static_cast<std::size_t>(joint)]);
    b.length = d.links[link] * hand;
    b.radius = d.radius[link] * breadth / kReferenceBreadth;
    const double mass = d.mass[link] * build.hand_mass / kReferenceHandMass;
    Builder::set_mass(b, mass, b.length / 2, cylinder_inertia(mass, b.length, b.radius));
    reach = b.length;
  }
}

// The palm is what the digits leave of de Leva's hand: its mass, and its centre with digits
// straight.
void add_palm(Builder& build, const SegmentShares& shares) {
  const SubjectParams& s = build.arm.subject;
  const double hand = s.measure(Measure::hand_length), breadth = s.measure(Measure::hand_breadth);
  double digit_mass = 0, digit_moment = 0;
  for (int digit = 0; digit < kDigits; ++digit) {
    double start = build.arm.body(digit_body(digit, 0)).p_PJ.x();
    const double along = build.arm.body(digit_body(digit, 0)).R_PJ(0, 0);
    for (int joint = 1; joint <= 3; ++joint) {
      const ArmBody& b = build.arm.body(digit_body(digit, joint));
      digit_mass += b.mass;
      digit_moment += b.mass * (start + along * b.length / 2);
      start += along * b.length;
    }
  }
  ArmBody& palm = build.arm.bodies[static_cast<std::size_t>(Body::hand)];
  const double mass = build.hand_mass - digit_mass;
  const double length = build.arm.body(Body::middle_abduction).p_PJ.x();
  const double thickness = kPalmThickness * breadth / kReferenceBreadth;
  palm.length = length;
  palm.radius = thickness / 2;
  const double xx = length * length, yy = breadth * breadth, zz = thickness * thickness;
  Builder::set_mass(
      palm, mass, (shares.centre * hand * build.hand_mass - digit_moment) / mass,
      Matrix3d(Vector3d(mass / 12 * Vector3d(yy + zz, xx + zz, xx + yy)).asDiagonal()));
}

constexpr std::array<const char*, kBodies> kBodyNames = {"upper_arm",
                                                         "elbow",
                                                         "forearm",
                                                         "wrist_deviation",
                                                         "hand",
                                                         "thumb_abduction",
                                                         "thumb_metacarpal",
                                                         "thumb_proximal",
                                                         "thumb_distal",
                                                         "index_abduction",
                                                         "index_proximal",
                                                         "index_middle",
                                                         "index_distal",
                                                         "middle_abduction",
                                                         "middle_proximal",
                                                         "middle_middle",
                                                         "middle_distal",
                                                         "ring_abduction",
                                                         "ring_proximal",
                                                         "ring_middle",
                                                         "ring_distal",
                                                         "little_abduction",
                                                         "little_proximal",
                                                         "little_middle",
                                                         "little_distal"};

}  // namespace

std::string to_string(Body body) { return kBodyNames[static_cast<std::size_t>(body)]; }

ArmModel build_arm(const SubjectParams& subject, Side side) {
  for (std::size_t i = 0; i < kMeasures; ++i)
    require(subject.measures[i] > 0, ErrorKind::usage,
            "subject: expected a positive " + std::string(kMeasureNames[i]) + ", found " +
                std::to_string(subject.measures[i]));
  const SegmentTable& table = subject.sex == Sex::male ? kMaleSegments : kFemaleSegments;
  Builder build;
  build.arm.side = side;
  build.arm.subject = subject;
  build.arm.p_TU = {0, -build.arm.mirror() * kShoulderOffset * subject.measure(Measure::stature),
                    0};
  build.hand_mass = subject.measure(Measure::mass) * table.hand.mass;
  add_arm(build, table);
  for (int digit = 0; digit < kDigits; ++digit) add_digit(build, digit);
  add_palm(build, table.hand);
  return build.arm;
}

Eigen::Quaterniond hanging_shoulder(Side side) {
  const double m = side == Side::right ? 1 : -1;
  Matrix3d R_TU;
  R_TU << 0, m, 0, 0, 0, -m, -1, 0, 0;
  return Eigen::Quaterniond(R_TU);
}

Eigen::Quaterniond shoulder_rotation(Side side, double flexion, double abduction, double internal) {
  const double m = side == Side::right ? 1 : -1;
  const auto turn = [](double angle, const Vector3d& axis) {
    const portable::SinCos half = portable::sincos(angle / 2);
    return Eigen::Quaterniond(half.cos, half.sin * axis.x(), half.sin * axis.y(),
                              half.sin * axis.z());
  };
  return turn(-flexion, Vector3d::UnitY()) * turn(-m * abduction, Vector3d::UnitX()) *
         hanging_shoulder(side) * turn(-m * internal, Vector3d::UnitX());
}

}  // namespace wrist
