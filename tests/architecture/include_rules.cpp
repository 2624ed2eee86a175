#include "architecture/include_rules.h"

#include "architecture/rooms.h"
#include "architecture/source_tree.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace mediadock {
namespace {

std::string folderOf(const std::string& path) {
  return path.substr(0, path.find_last_of('/') == std::string::npos ? 0 : path.find_last_of('/'));
}

/// How includes spell the folder of the file at `path`: relative to `host/`, to the plugin's own
/// folder, to `plugins/` for the library that plugins share; all of the core is `mediadock`.
std::string spelledFolder(const std::string& path) {
  const std::string folder = folderOf(path);
  if (folder.starts_with("core/")) {
    return "mediadock";
  }
  if (folder.starts_with("host/")) {
    return folder.substr(5);
  }
  if (folder == "plugins/http" || folder.starts_with("plugins/http/")) {
    return folder.substr(8);
  }
  const auto pluginEnd = folder.find('/', 8);
  return pluginEnd == std::string::npos ? "" : folder.substr(pluginEnd + 1);
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// `Poco/X.h` is Foundation's and `Poco/Net/X.h` Net's, so that a folder has to be named whole.
bool namesHeader(const std::vector<std::string>& theirs, const std::string& header) {
  const std::string folder = header.substr(0, header.rfind('/') + 1);
  return contains(theirs, header) || (!folder.empty() && contains(theirs, folder));
}

/// The C++ library's headers have neither folder nor ending.
bool isStandard(const std::string& header) {
  return header.find_first_of("./") == std::string::npos;
}

/// The row of a folder. A plugin that has none is held against that of all plugins.
const Room* roomOf(const std::string& folder) {
  const Room* all = nullptr;
  for (const Room& room : rooms()) {
    if (room.folder == folder) {
      return &room;
    }
    if (room.folder == "plugins" && folder.starts_with("plugins/")) {
      all = &room;
    }
  }
  return all;
}

bool allows(const Room& room, const std::string& path, const std::string& target) {
  const std::string header = target.substr(1, target.size() - 2);
  if (target.front() == '"') {
    const std::string folder = folderOf(header);
    return folder == spelledFolder(path) || contains(room.ours, folder) ||
           contains(room.ours, header);
  }
  // The contract is plain C++: a plugin author reads it on any system.
  const bool isSystem = !path.starts_with("core/") && contains(systemHeaders(), header);
  return isStandard(header) || isSystem || namesHeader(room.theirs, header);
}

}  // namespace

std::vector<std::string> includesOf(std::string_view source) {
  std::vector<std::string> targets;
  std::istringstream lines{std::string(source)};
  std::string line;
  while (std::getline(lines, line)) {
    std::erase(line, ' ');
    if (!line.starts_with("#include")) {
      continue;
    }
    const auto start = line.find_first_of("<\"");
    const auto end = line.find_first_of(">\"", start + 1);
    if (start != std::string::npos && end != std::string::npos) {
      targets.push_back(line.substr(start, end - start + 1));
    }
  }
  return targets;
}

std::string includeProblem(const std::string& path, const std::string& target) {
  const Room* room = roomOf(folderOf(path));
  if (room == nullptr) {
    return folderOf(path) + " has no row in tests/architecture/rooms.cpp";
  }
  const Room* ofFile = roomOf(path);
  const bool isAllowed =
      allows(*room, path, target) ||
      (ofFile != nullptr && ofFile->folder == path && allows(*ofFile, path, target));
  return isAllowed ? ""
                   : path + " may not include " + target +
                         " (docs/architecture.md, who may include what)";
}

std::vector<std::string> findIncludeProblems(const std::filesystem::path& tree) {
  std::set<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    for (const std::string& target : includesOf(readSource(tree / file))) {
      if (auto problem = includeProblem(file.generic_string(), target); !problem.empty()) {
        problems.insert(std::move(problem));
      }
    }
  }
  return {problems.begin(), problems.end()};
}

}  // namespace mediadock
