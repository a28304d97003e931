// SPDX-License-Identifier: Apache-2.0
/// The other hand on the watch: a soft, yielding surface that comes down on the glass.
///
///   planned contact + height of the glass over the station -> force along -z of S, through C
///
/// A force through the centre of mass does to the case what the opposite acceleration of the
/// station would: so it is told to the strap solver (pressed), and added to what the case feels
/// (add_press).
#pragma once

#include "sim/dynamics/world_contacts.h"
#include "sim/strap/strap_solver.h"

namespace wrist {

class WatchPress {
 public:
  WatchPress(const CaseSpec& case_spec, const std::vector<Contact>& contacts,
             const std::optional<Surface>& surface);

  bool empty() const { return presses_.empty(); }

  /// N, towards the arm; touching pairs count the contacts of the motion.
  double force(double time_s, double h, const CaseMotion& motion, std::vector<Touching>& touching);

 private:
  struct Press {
    std::size_t index;
    MovingSurface moving;
    PairStiffness pair;
    double planned_height = 0;  // m; of the glass when the other hand comes
    bool first = true;
  };
  double top_;  // m; of the glass over C
  std::vector<Press> presses_;
};

/// What the station would have to feel for the case to move as if pressed by `force` along -z of S.
Eigen::Vector3d pressed(const Eigen::Vector3d& specific_force_S, double force, double case_mass);

/// Wears a watch that is pressed by `force` (N, one per sample of `station_W`) along -z of S.
WornWatch wear_pressed(RigidSeries station_W, Side side, const Wearing& wearing,
                       const Series& force);

}  // namespace wrist
