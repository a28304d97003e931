// SPDX-License-Identifier: Apache-2.0
/// Pieces of drawings and pages that are written as text.
#pragma once

#include <string>

namespace wrist::svg {

/// A number of pixels: "12.5".
std::string px(double value);

/// Text that may stand within a tag or an attribute.
std::string escaped(const std::string& text);

/// A line of text. `anchor`: start, middle or end; `more`: further attributes, with a blank before.
std::string text_at(double x, double y, const std::string& anchor, const std::string& text,
                    const std::string& more = "");

/// The `d` of a path through points, one after the other: "M" or "L", x, y.
void add_point(std::string& d, double x, double y);

}  // namespace wrist::svg
