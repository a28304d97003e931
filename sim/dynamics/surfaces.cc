// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/surfaces.h"

#include <array>

namespace wrist {
namespace {

struct NamedSurface {
  const char* name;
  Surface surface;
};

// Columns: stiffness N/m, loss s; friction; yielding mass kg, support Hz, travels with the arm.
// clang-format off
// Hz; nobody holds it; something heavy or an arm at ease does; the other hand, on purpose [assumed]
constexpr double kFree = 0, kHeld = 3, kMeant = 6;
const std::array kSurfaces = {
    // Furniture and buildings stand still; flesh is softer than any of them. [assumed]
    NamedSurface{"table",        {{5e5, 2e-4}, 0.5, 0, 0, false}},
    NamedSurface{"board",        {{3e5, 3e-4}, 0.5, 0, 0, false}},
    NamedSurface{"floor",        {{5e5, 2e-4}, 0.6, 0, 0, false}},
    NamedSurface{"ground",       {{2e5, 1e-3}, 0.7, 0, 0, false}},
    NamedSurface{"wall",         {{1e6, 2e-4}, 0.6, 0, 0, false}},
    NamedSurface{"door",         {{1e5, 3e-4}, 0.5, 0, 0, false}},
    NamedSurface{"lock",         {{1e5, 5e-4}, 0.4, 0, 0, false}},
    NamedSurface{"handle",       {{5e4, 1e-3}, 0.5, 0, 0, false}},
    NamedSurface{"bed",          {{4e3, 1e-2}, 0.7, 0, 0, false}},
    NamedSurface{"drum",         {{1.5e4, 5e-4}, 0.4, 0, 0, false}},
    NamedSurface{"nail",         {{2e5, 2e-3}, 0.3, 0, 0, false}},   // the wood around it gives way
    NamedSurface{"mouse",        {{5e3, 1e-3}, 0.4, 0, 0, false}},
    NamedSurface{"key",          {{3e3, 1e-3}, 0.4, 0, 0, false}},   // 0.6 N at 2 mm, then its base
    NamedSurface{"water",        {{3e2, 5e-2}, 0.0, 0, 0, false}},   // mostly drag
    NamedSurface{"plate",        {{5e4, 5e-4}, 0.4, 0.4, kHeld, false}},
    NamedSurface{"bowl",         {{5e4, 5e-4}, 0.4, 0.5, kHeld, false}},
    NamedSurface{"pot",          {{1e5, 5e-4}, 0.4, 1.5, kHeld, false}},
    NamedSurface{"cup",          {{5e4, 5e-4}, 0.5, 0.35, kHeld, true}},
    NamedSurface{"phone",        {{5e4, 5e-4}, 0.5, 0.19, kHeld, true}},
    NamedSurface{"push_rim",     {{5e4, 1e-3}, 0.6, 0, 0, true}},
    NamedSurface{"food",         {{1e3, 1e-2}, 0.6, 0.05, kHeld, true}},
    NamedSurface{"ball",         {{3e4, 1e-3}, 0.6, 0.43, kFree, true}},  // football, law 2: 0.41-0.45 kg
    NamedSurface{"bag",          {{1.5e4, 5e-3}, 0.6, 20, kFree, true}},
    // The body's own surface, and another hand: flesh over bone. [assumed]
    NamedSurface{"thigh",        {{8e3, 3e-3}, 0.6, 0, 0, true}},
    NamedSurface{"head",         {{3e4, 1e-3}, 0.5, 4.5, kHeld, true}},
    NamedSurface{"hair",         {{3e3, 5e-3}, 0.4, 4.5, kHeld, true}},
    NamedSurface{"nose",         {{5e3, 3e-3}, 0.5, 4.5, kHeld, true}},
    NamedSurface{"mouth",        {{5e3, 3e-3}, 0.5, 4.5, kHeld, true}},
    NamedSurface{"palm",         {{2e4, 2e-3}, 0.6, 0, 0, true}},
    NamedSurface{"other_palm",   {{2e4, 2e-3}, 0.6, 0.5, kMeant, true}},
    NamedSurface{"other_finger", {{4e3, 1e-3}, 0.6, 0.03, kMeant, true}},
    NamedSurface{"other_thumb",  {{4e3, 1e-3}, 0.6, 0.05, kMeant, true}},
    NamedSurface{"watch",        {{4e3, 1e-3}, 0.6, 0.03, kMeant, true}},  // a finger on its glass
    NamedSurface{"strap",        {{3e3, 2e-3}, 0.6, 0.03, kMeant, true}},  // a finger on the band
};
// clang-format on
const Surface kUnknown{{1e5, 5e-4}, 0.5, 0, 0, false};  // [assumed]

// Of one place of the body that touches; a whole palm has four. [assumed], about:
constexpr Material kPalm{1e4, 2e-3};       // heel of the hand in falls: 5-30 kN/m
constexpr Material kKnuckle{5e4, 1e-3};    // thin skin over bone
constexpr Material kForearm{1.5e4, 3e-3};  // muscle
constexpr Material kElbow{5e4, 1e-3};
constexpr Material kFingertip{4e3, 2.5e-4};  // pulp: 1-10 N/mm from 1 to 10 N, Serina et al. 1997

}  // namespace

Surface surface_named(const std::string& other) {
  for (const NamedSurface& named : kSurfaces)
    if (other == named.name) return named.surface;
  return kUnknown;
}

Material flesh_of(Body striker) {
  for (int digit = 0; digit < kDigits; ++digit) {
    if (striker == digit_body(digit, 3)) return kFingertip;
    if (striker == digit_body(digit, 2) || striker == digit_body(digit, 1)) return kKnuckle;
  }
  if (striker == Body::forearm || striker == Body::upper_arm) return kForearm;
  return striker == Body::elbow ? kElbow : kPalm;
}

PairStiffness in_series(const Material& a, const Material& b) {
  const double k = 1 / (1 / a.stiffness + 1 / b.stiffness);
  return {k, k * k * (a.loss_s / a.stiffness + b.loss_s / b.stiffness)};
}

}  // namespace wrist
