#include "architecture/source_tree.h"

#include "architecture/include_rules.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

namespace mediadock {
namespace {

using Folders = std::map<std::string, std::set<std::string>>;

/// The file that `target`, in quotes, names for the one at `path`; empty where it is none of ours.
std::string resolve(const std::set<std::string>& files, const std::filesystem::path& path,
                    const std::string& target) {
  const std::string header = target.substr(1, target.size() - 2);
  auto part = path.begin();
  const std::string top = *part++;
  const std::string plugin = top + "/" + part->string() + "/";
  for (const std::string& root : {std::string("host/"), plugin, std::string("plugins/")}) {
    const bool isOfHost = root == "host/";
    if (isOfHost == (top == "host") && files.contains(root + header)) {
      return root + header;
    }
  }
  return {};
}

/// Which folders the sources of each folder include something of.
Folders includedFolders(const std::filesystem::path& tree) {
  std::set<std::string> files;
  for (const auto& file : sourceFiles(tree)) {
    files.insert(file.generic_string());
  }
  Folders folders;
  for (const std::string& file : files) {
    const std::filesystem::path path(file);
    for (const std::string& target : includesOf(readSource(tree / path))) {
      const std::string other = target.front() == '"' ? resolve(files, path, target) : "";
      const std::string folder = std::filesystem::path(other).parent_path().generic_string();
      if (!other.empty() && folder != path.parent_path().generic_string()) {
        folders[path.parent_path().generic_string()].insert(folder);
      }
    }
  }
  return folders;
}

/// Goes on from the last folder of `way`; folders in `done` lead to no circle that is not told.
void follow(const Folders& folders, std::vector<std::string>& way, std::set<std::string>& done,
            std::vector<std::string>& circles) {
  const auto next = folders.find(way.back());
  for (const std::string& folder : next == folders.end() ? std::set<std::string>() : next->second) {
    const auto seen = std::find(way.begin(), way.end(), folder);
    if (seen != way.end()) {
      std::string circle;
      std::for_each(seen, way.end(), [&circle](const auto& step) { circle += step + " -> "; });
      circles.push_back(circle + folder);
    } else if (!done.contains(folder)) {
      way.push_back(folder);
      follow(folders, way, done, circles);
      way.pop_back();
    }
  }
  done.insert(way.back());
}

}  // namespace

std::vector<std::filesystem::path> sourceFiles(const std::filesystem::path& tree) {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"core", "plugins", "host"}) {
    if (!std::filesystem::exists(tree / folder)) {
      continue;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(tree / folder)) {
      const auto extension = entry.path().extension();
      if (entry.is_regular_file() && (extension == ".h" || extension == ".cpp")) {
        files.push_back(entry.path().lexically_relative(tree));
      }
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string readSource(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> findLongFiles(const std::filesystem::path& tree, std::size_t maxLines) {
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    const std::string text = readSource(tree / file);
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    if (lines > maxLines) {
      problems.push_back(file.generic_string() + " has " + std::to_string(lines) + " lines");
    }
  }
  return problems;
}

std::vector<std::string> findCrowdedFolders(const std::filesystem::path& tree,
                                            std::size_t maxUnits) {
  std::map<std::string, std::set<std::string>> units;
  for (const auto& file : sourceFiles(tree)) {
    units[file.parent_path().generic_string()].insert(file.stem().string());
  }
  std::vector<std::string> problems;
  for (const auto& [folder, names] : units) {
    if (names.size() > maxUnits) {
      problems.push_back(folder + " holds " + std::to_string(names.size()) + " units");
    }
  }
  return problems;
}

std::vector<std::string> findFolderCircles(const std::filesystem::path& tree) {
  const Folders folders = includedFolders(tree);
  std::set<std::string> done;
  std::vector<std::string> circles;
  for (const auto& [folder, others] : folders) {
    if (!done.contains(folder)) {
      std::vector<std::string> way{folder};
      follow(folders, way, done, circles);
    }
  }
  return circles;
}

std::vector<std::string> findUncheckedPaths(const std::filesystem::path& tree) {
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    const std::string path = file.generic_string();
    const bool isExempt = path == "host/http/exchange/request.cpp" ||
                          path == "host/http/uploads/upload_form_fields.cpp" ||
                          path.starts_with("host/http/access/");
    if (path.starts_with("host/http/") && !isExempt &&
        readSource(tree / file).find("StoragePath::parse(") != std::string::npos) {
      problems.push_back(path + " parses a path; Request::authorizedPath checks it, too");
    }
  }
  return problems;
}

}  // namespace mediadock
