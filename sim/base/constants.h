// SPDX-License-Identifier: Apache-2.0
/// Numbers of physics every folder shares, and the compiler switch for hot loops.
#pragma once

#include <numbers>

namespace wrist {

inline constexpr double kPi = std::numbers::pi;
inline constexpr double kGravity = 9.80665;        // m/s2; standard gravity, CGPM 1901
inline constexpr double kDegree = kPi / 180;       // rad
inline constexpr double kMillimetreHg = 133.322;   // Pa; conventional millimetre of mercury

}  // namespace wrist

/// Marks a loop to be compiled for AVX2 as well and chosen at run time. With contraction off and no
/// reassociation the results are the same bits either way.
#if defined(__x86_64__) && defined(__linux__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define WRIST_SIMD __attribute__((target_clones("avx2", "default")))
#else
#define WRIST_SIMD
#endif
