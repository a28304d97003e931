// SPDX-License-Identifier: Apache-2.0
#include "generators/arm_json.h"

#include <nlohmann/json.hpp>

#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using nlohmann::json;

json to_list(const Eigen::Vector3d& v) { return {v.x(), v.y(), v.z()}; }

json body_json(const ArmModel& arm, Body b) {
  const ArmBody& body = arm.body(b);
  const Eigen::Quaterniond R(body.R_PJ);
  json out{{"name", to_string(b)},
           {"parent", body.parent < 0 ? "thorax" : to_string(static_cast<Body>(body.parent))},
           {"position_m", to_list(body.p_PJ)},
           {"length_m", body.length},
           {"radius_m", body.radius}};
  if (b == Body::upper_arm) return out;
  out["rotation"] = {R.w(), R.x(), R.y(), R.z()};
  out["axis"] = to_list(body.axis);
  return out;
}

}  // namespace

std::string arm_json(const Scenario& s) {
  const ArmModel arm = build_arm(s.subject, s.side);
  json bodies = json::array();
  for (int b = 0; b < kBodies; ++b) bodies.push_back(body_json(arm, static_cast<Body>(b)));
  WearParams at_joint = s.wear;
  at_joint.distance_to_wrist = 0;
  const WristShape wrist = wrist_shape(arm, at_joint);
  return json{{"subject", s.subject_id},
              {"side", to_string(s.side)},
              {"bodies", bodies},
              {"wrist",
               {{"half_breadth_m", wrist.half_breadth},
                {"half_depth_m", wrist.half_depth},
                {"taper", wrist.taper}}}}
      .dump();
}

}  // namespace wrist
