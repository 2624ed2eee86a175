#include "architecture/documented_paths.h"

#include "architecture/source_tree.h"

#include <algorithm>
#include <regex>

namespace mediadock {
namespace {

std::vector<std::filesystem::path> pages(const std::filesystem::path& tree) {
  std::vector<std::filesystem::path> files{tree / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(tree / "docs")) {
    if (entry.path().extension() == ".md") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool leadsSomewhere(const std::filesystem::path& tree, const std::string& path) {
  const auto endings = {"", ".h", ".cpp"};
  return std::any_of(endings.begin(), endings.end(), [&](const char* ending) {
    return std::filesystem::exists(tree / (path + ending));
  });
}

}  // namespace

std::vector<std::string> findDeadPaths(const std::filesystem::path& tree) {
  // Capitals stand for a name that the reader puts in.
  const std::regex path("`((core|host|plugins|tests|examples)/[a-z0-9_./-]*)`");
  std::vector<std::string> problems;
  for (const auto& page : pages(tree)) {
    const std::string text = readSource(page);
    for (std::sregex_iterator found(text.begin(), text.end(), path), end; found != end; ++found) {
      if (!leadsSomewhere(tree, (*found)[1])) {
        problems.push_back(page.lexically_relative(tree).generic_string() + " names " +
                           found->str(1) + ", which is not there");
      }
    }
  }
  return problems;
}

}  // namespace mediadock
