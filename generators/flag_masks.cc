// SPDX-License-Identifier: Apache-2.0
#include "generators/flag_masks.h"

#include <algorithm>
#include <sstream>

#include "sim/base/error.h"

namespace wrist {
namespace {

using Masks = std::vector<std::int64_t>;

const Masks& masks_of(const Attributes& flags) {
  static const Masks kNone;
  const auto found = flags.find("flag_masks");
  const Masks* masks = found == flags.end() ? nullptr : std::get_if<Masks>(&found->second);
  return masks == nullptr ? kNone : *masks;
}

std::string meanings_of(const Attributes& flags) {
  const auto found = flags.find("flag_meanings");
  const auto* text = found == flags.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text == nullptr ? "" : *text;
}

}  // namespace

std::int64_t flag_mask(const Attributes& flags, const std::string& name) {
  std::istringstream words(meanings_of(flags));
  std::string word;
  for (const std::int64_t mask : masks_of(flags))
    if (words >> word && word == name) return mask;
  return 0;
}

std::int64_t add_flag(Attributes& flags, const std::string& name) {
  if (const std::int64_t mask = flag_mask(flags, name); mask != 0) return mask;
  Masks masks = masks_of(flags);
  std::int64_t next = 1;
  for (const std::int64_t mask : masks) next = std::max(next, 2 * mask);
  require(next < 256, ErrorKind::internal, "flags: no bit is left for " + name);
  masks.push_back(next);
  const std::string meanings = meanings_of(flags);
  flags["flag_masks"] = masks;
  flags["flag_meanings"] = meanings + (meanings.empty() ? "" : " ") + name;
  return next;
}

}  // namespace wrist
