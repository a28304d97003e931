// SPDX-License-Identifier: Apache-2.0
/// The conditions of samples as CF writes them: attributes flag_masks and flag_meanings of `flags`.
#pragma once

#include "generators/channel.h"

namespace wrist {

/// The bit that means `name`, 0 if there is none.
std::int64_t flag_mask(const Attributes& flags, const std::string& name);

/// The same; takes the next free bit where there is none. Throws Error(internal) past bit 7.
std::int64_t add_flag(Attributes& flags, const std::string& name);

}  // namespace wrist
