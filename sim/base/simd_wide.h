// SPDX-License-Identifier: Apache-2.0
/// Compiler switch for hot loops that gain from the registers of AVX-512.
#pragma once

#include "sim/base/constants.h"

/// As WRIST_SIMD, and with the 32 registers of AVX-512, twice as wide, where there are any. The
/// same bits again.
#if defined(__x86_64__) && defined(__linux__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define WRIST_SIMD_WIDE __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define WRIST_SIMD_WIDE
#endif
