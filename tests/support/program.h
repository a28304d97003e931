// SPDX-License-Identifier: Apache-2.0
/// Runs the program as a user would, in a shell.
#pragma once

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace wrist::testing {

struct Outcome {
  int code = -1;
  std::string text;  // stdout and stderr
};

inline Outcome shell(const std::string& command) {
  Outcome outcome;
  FILE* pipe = popen(("{ " + command + "; } 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  while (const std::size_t n = fread(buffer.data(), 1, buffer.size(), pipe))
    outcome.text.append(buffer.data(), n);
  const int status = pclose(pipe);
  outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return outcome;
}

inline const std::string kProgram = std::string(WRIST_BINARY_DIR) + "/generators/wristsim ";
inline const std::string kRecipes = std::string(WRIST_SOURCE_DIR) + "/assets/recipes/";

inline Outcome wristsim(const std::string& arguments) { return shell(kProgram + arguments); }

}  // namespace wrist::testing
