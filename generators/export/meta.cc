// SPDX-License-Identifier: Apache-2.0
#include "generators/export/meta.h"

#include <nlohmann/json.hpp>

namespace wrist::exports {

std::string source_json(const Plan& plan) {
  nlohmann::json source = nlohmann::json::object();
  for (const auto& [name, value] : plan.source)
    std::visit([&source, &key = name](const auto& v) { source[key] = v; }, value);
  return source.dump();
}

std::string windows_json(const Plan& plan) {
  const Profile& p = plan.profile;
  return nlohmann::json{{"class_names", plan.classes.names()},
                        {"subject_names", plan.subjects.names()},
                        {"columns", kImuColumns},
                        {"units", kImuUnits},
                        {"missing", "NaN"},
                        {"rate_hz", p.rate_hz},
                        {"window_s", p.window_s},
                        {"hop_s", p.hop_s},
                        {"watch", p.watch},
                        {"frame", "I"},
                        {"frames", p.frames},
                        {"p_CI_m", p.p_CI_m},
                        {"angle_CI_rad", p.angle_CI_rad},
                        {"gravity_convention", p.gravity_convention},
                        {"source", nlohmann::json::parse(source_json(plan))}}
      .dump();
}

}  // namespace wrist::exports
