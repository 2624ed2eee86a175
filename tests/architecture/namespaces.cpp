#include "architecture/namespaces.h"

#include "architecture/source_tree.h"

#include <regex>
#include <sstream>

namespace mediadock {
namespace {

/// The folders of the top two levels are the rooms; core is the namespace around them.
std::string namespaceOf(const std::filesystem::path& file) {
  auto part = file.begin();
  const std::string top = *part++;
  if (top == "core") {
    return "mediadock";
  }
  const std::string room = top + "/" + part->string();
  return "mediadock::" + (room == "plugins/http" ? "http_client" : part->string());
}

bool isWithin(const std::string& opened, const std::string& own) {
  return opened == own || opened.starts_with(own + "::");
}

}  // namespace

std::vector<std::string> findForeignNamespaces(const std::filesystem::path& tree) {
  static const std::regex kOpening("namespace (mediadock[a-z_:]*) \\{");
  static const std::regex kDeclaration("((class|struct|enum class) \\w+( : [\\w:]+)?;)?");
  std::vector<std::string> problems;
  for (const auto& file : sourceFiles(tree)) {
    const std::string own = namespaceOf(file);
    std::istringstream lines(readSource(tree / file));
    std::string foreign;
    for (std::string line; std::getline(lines, line);) {
      std::smatch opening;
      if (std::regex_match(line, opening, kOpening)) {
        foreign = isWithin(opening[1], own) ? "" : opening[1].str();
      } else if (line.starts_with('}')) {
        foreign.clear();
      } else if (!foreign.empty() && !std::regex_match(line, kDeclaration)) {
        problems.push_back(file.generic_string() + " is of " + own + " and defines in " + foreign);
        foreign.clear();
      }
    }
  }
  return problems;
}

}  // namespace mediadock
