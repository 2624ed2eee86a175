#include "named_tests.h"

#include <Poco/RegularExpression.h>

#include <fstream>
#include <iterator>

namespace mediadock {

std::string readWhole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> findAll(const std::string& text, const std::string& pattern) {
  const Poco::RegularExpression expression(pattern);
  std::vector<std::string> found;
  Poco::RegularExpression::MatchVec matches;
  for (std::size_t at = 0; expression.match(text, at, matches) > 0;
       at = matches[0].offset + matches[0].length) {
    std::string joined;
    for (std::size_t i = 1; i < matches.size(); ++i) {
      joined += (i > 1 ? "." : "") + text.substr(matches[i].offset, matches[i].length);
    }
    found.push_back(std::move(joined));
  }
  return found;
}

std::set<std::string> testsIn(const std::filesystem::path& folder) {
  std::set<std::string> tests;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.path().extension() == ".cpp") {
      const auto found =
          findAll(readWhole(file.path()), R"re(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\))re");
      tests.insert(found.begin(), found.end());
    }
  }
  return tests;
}

}  // namespace mediadock
