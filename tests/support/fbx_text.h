// SPDX-License-Identifier: Apache-2.0
/// A small FBX (as text) and a small Collada file of an upper and a lower bone, to be read and
/// to be broken.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace wrist::testing {

struct FbxText {
  double unit_scale = 1;            // centimetres per unit
  int up_axis = 1;                  // x y z
  int time_mode = 6;                // 6: 30 frames per second, 11: 24, 3: 60
  std::string rotation = "0,90";    // deg about z, at each time
  std::vector<double> times{0, 1};  // s
  bool animated = true;

  std::string text() const {
    const auto p = [](const std::string& name, const std::string& type, const std::string& value) {
      return "P: \"" + name + "\", \"" + type + "\", \"\", \"\"," + value + "\n";
    };
    std::string keys, flags;
    constexpr double kTicks = 46186158000.0;  // of FBX, per second
    for (const double t : times) {
      if (!keys.empty()) keys += ',';
      keys += std::to_string(static_cast<std::int64_t>(t * kTicks));
    }
    const std::string count = std::to_string(times.size());
    const auto curve = [&](const char* id, const std::string& values) {
      return std::string("AnimationCurve: ") + id +
             ", \"AnimCurve::\", \"\" {\nDefault: 0\nKeyVer: 4008\nKeyTime: *" + count +
             " {\na: " + keys + "\n}\nKeyValueFloat: *" + count + " {\na: " + values +
             "\n}\nKeyAttrFlags: *1 {\na: 24840\n}\nKeyAttrDataFloat: *4 {\na: 0,0,0,0\n}\n"
             "KeyAttrRefCount: *1 {\na: " +
             count + "\n}\n}\n";
    };
    std::string zeros;
    for (std::size_t k = 0; k < times.size(); ++k) zeros += k > 0 ? ",0" : "0";
    const auto bone = [&](const char* id, const char* name, const char* place) {
      return std::string("Model: ") + id + ", \"Model::" + name +
             "\", \"LimbNode\" {\nVersion: 232\nProperties70: {\n" +
             p("Lcl Translation", "Lcl Translation", place) + "}\nShading: Y\n}\n";
    };
    std::string objects = bone("100", "upper", "0,100,0") + bone("101", "lower", "0,30,0") +
                          bone("102", "tip", "0,20,0");
    std::string links = "C: \"OO\",100,0\nC: \"OO\",101,100\nC: \"OO\",102,101\n";
    if (animated) {
      objects +=
          "AnimationStack: 200, \"AnimStack::bend\", \"\" {\n}\n"
          "AnimationLayer: 201, \"AnimLayer::base\", \"\" {\n}\n"
          "AnimationCurveNode: 202, \"AnimCurveNode::R\", \"\" {\nProperties70: {\n" +
          p("d|X", "Number", "0") + p("d|Y", "Number", "0") + p("d|Z", "Number", "0") + "}\n}\n" +
          curve("203", zeros) + curve("204", zeros) + curve("205", rotation);
      links +=
          "C: \"OO\",201,200\nC: \"OO\",202,201\nC: \"OP\",202,101, \"Lcl Rotation\"\n"
          "C: \"OP\",203,202, \"d|X\"\nC: \"OP\",204,202, \"d|Y\"\nC: \"OP\",205,202, \"d|Z\"\n";
    }
    return "; FBX 7.4.0 project file\nFBXHeaderExtension: {\nFBXHeaderVersion: 1003\n"
           "FBXVersion: 7400\n}\nGlobalSettings: {\nVersion: 1000\nProperties70: {\n" +
           p("UpAxis", "int", std::to_string(up_axis)) + p("UpAxisSign", "int", "1") +
           p("FrontAxis", "int", std::to_string((up_axis + 1) % 3)) +
           p("FrontAxisSign", "int", "1") +
           p("CoordAxis", "int", std::to_string((up_axis + 2) % 3)) +
           p("CoordAxisSign", "int", "1") +
           p("UnitScaleFactor", "double", std::to_string(unit_scale)) +
           p("TimeMode", "enum", std::to_string(time_mode)) + "}\n}\nObjects: {\n" + objects +
           "}\nConnections: {\n" + links + "}\n";
  }
};

/// `turns`: rotation about z in degrees at each time. Units of centimetres.
inline std::string collada_text(const std::string& up, const std::string& times,
                                const std::string& turns, int count) {
  const std::string n = std::to_string(count);
  const auto source = [&](const std::string& id, const std::string& name,
                          const std::string& values) {
    return "<source id=\"" + id + "\"><float_array id=\"" + id + "-a\" count=\"" + n + "\">" +
           values + "</float_array><technique_common><accessor source=\"#" + id + "-a\" count=\"" +
           n + "\" stride=\"1\"><param name=\"" + name +
           "\" type=\"float\"/></accessor></technique_common></source>";
  };
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<COLLADA "
         "xmlns=\"http://www.collada.org/2005/11/COLLADASchema\" version=\"1.4.1\">\n"
         "<asset><unit meter=\"0.01\" name=\"centimeter\"/><up_axis>" +
         up + "</up_axis></asset>\n<library_animations><animation id=\"bend\">" +
         source("in", "TIME", times) + source("out", "ANGLE", turns) +
         "<sampler id=\"s\"><input semantic=\"INPUT\" source=\"#in\"/><input semantic=\"OUTPUT\" "
         "source=\"#out\"/></sampler><channel source=\"#s\" target=\"lower/rotateZ.ANGLE\"/>"
         "</animation></library_animations>\n<library_visual_scenes><visual_scene id=\"v\">"
         "<node id=\"upper\" name=\"upper\" type=\"JOINT\"><translate "
         "sid=\"translate\">0 100 0</translate><node id=\"lower\" name=\"lower\" type=\"JOINT\">"
         "<translate sid=\"translate\">0 30 0</translate><rotate sid=\"rotateZ\">0 0 1 "
         "0</rotate><node id=\"tip\" name=\"tip\" type=\"JOINT\"><translate "
         "sid=\"translate\">0 20 0</translate></node></node></node>"
         "</visual_scene></library_visual_scenes>\n<scene><instance_visual_scene "
         "url=\"#v\"/></scene>\n</COLLADA>\n";
}

}  // namespace wrist::testing
