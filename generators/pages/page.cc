// SPDX-License-Identifier: Apache-2.0
#include "generators/pages/page.h"

#include <fstream>
#include <sstream>

#include "generators/dataset_commit.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  require(in.good() && text.good(), ErrorKind::io, file.string() + ": cannot be read");
  return text.str();
}

// No text in the data may end the script that holds it.
std::string without_tags(const std::string& json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

}  // namespace

void write_page(const fs::path& page_template, const std::string& json, const fs::path& out) {
  std::string html = read_text(page_template);
  const std::string place = "<!--wristsim:data-->";
  const std::size_t at = html.find(place);
  require(at != std::string::npos, ErrorKind::internal,
          page_template.string() + ": no place for data");
  html.replace(
      at, place.size(),
      "<script type=\"application/json\" id=\"wristsim-data\">" + without_tags(json) + "</script>");
  const fs::path temporary = temporary_file(out);
  std::ofstream file(temporary, std::ios::binary);
  file << html;
  file.close();
  std::error_code ignored;
  if (!file.good()) {
    fs::remove(temporary, ignored);
    throw Error(ErrorKind::io, out.string() + ": cannot be written");
  }
  try {
    commit_file(temporary, out);
  } catch (const Error& error) {
    fs::remove(temporary, ignored);
    throw Error(error.kind(), out.string() + ": " + error.what());
  }
}

}  // namespace wrist
