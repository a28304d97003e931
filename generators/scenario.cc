// SPDX-License-Identifier: Apache-2.0
#include "generators/scenario.h"

#include "sim/base/error.h"

namespace wrist {

std::string to_string(Fidelity fidelity) {
  switch (fidelity) {
    case Fidelity::ideal: return "ideal";
    case Fidelity::worn: return "worn";
    case Fidelity::full: return "full";
  }
  return "";
}

Fidelity parse_fidelity(const std::string& text) {
  for (const Fidelity f : {Fidelity::ideal, Fidelity::worn, Fidelity::full})
    if (to_string(f) == text) return f;
  throw Error(ErrorKind::usage, "fidelity: expected ideal, worn or full, found \"" + text + "\"");
}

}  // namespace wrist
