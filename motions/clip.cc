// SPDX-License-Identifier: Apache-2.0
#include "motions/clip.h"

namespace wrist {

int MotionClip::find(const std::string& joint) const {
  for (std::size_t i = 0; i < joints.size(); ++i)
    if (joints[i].name == joint) return static_cast<int>(i);
  return -1;
}

}  // namespace wrist
