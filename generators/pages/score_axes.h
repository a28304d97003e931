// SPDX-License-Identifier: Apache-2.0
/// What the drawings of a score share: a square of two axes, bars with names, and their frame.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace wrist::svg {

/// Two linear axes, and where on the drawing a point of them lies.
struct Axes {
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
  double left = 64, top = 16, width = 360, height = 300;  // px, of the square

  double x(double value) const { return left + width * (value - x_low) / (x_high - x_low); }
  double y(double value) const { return top + height * (1 - (value - y_low) / (y_high - y_low)); }
};

/// The grid, ticks at every `x_step` and `y_step`, and what the axes are called.
std::string grid(const Axes& axes, double x_step, double y_step, const std::string& x_name,
                 const std::string& y_name);

/// A line through points (x, y), with further attributes.
std::string line(const Axes& axes, const std::vector<std::pair<double, double>>& points,
                 const std::string& attributes);
/// A spot that says `title` when pointed at.
std::string spot(const Axes& axes, double x, double y, const std::string& colour,
                 const std::string& title);

struct Bar {
  std::string name;
  double share = 0;        // 0 to the greatest
  std::string title;       // said when pointed at
  std::size_t colour = 0;  // index
};
/// A drawing of bars below each other, of which `greatest` has the whole length.
std::string bars(const std::vector<Bar>& bars, const std::string& label, double greatest = 1);

/// The drawing of that size, px; `label` is what it shows, for those who do not see it.
std::string drawing(double width, double height, const std::string& label, const std::string& body);

/// A piece of the line beside its name, the `index`-th from the top, on the right of the square.
std::string sample(const Axes& axes, std::size_t index, const std::string& attributes);

inline constexpr std::size_t kColourCount = 10;
/// One of them; they are told apart.
std::string colour(std::size_t index);

}  // namespace wrist::svg
