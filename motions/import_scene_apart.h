// SPDX-License-Identifier: Apache-2.0
/// Runs a third party's reader in a process of its own: what it does to its memory stays there.
///
///   bytes -> child process: read, pack -> pipe -> parent: unpack -> MotionScene
///
/// Malformed FBX and Collada files are known to crash their reader, or to send it round in circles.
#pragma once

#include <functional>
#include <string>

#include "motions/import_scene.h"

namespace wrist {

/// What `work` returns, from a child process with limits on time and memory. An Error thrown there
/// is thrown here; a crash or a limit reached is Error(bad_data) that names `file`.
std::string run_apart(const std::function<std::string()>& work, const std::string& file);

/// A scene as bytes and back, for the way between two processes of this program.
std::string pack(const MotionScene& scene);
MotionScene unpack_scene(const std::string& bytes);

}  // namespace wrist
