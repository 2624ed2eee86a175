#include "unit/app/config/configuration_page.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

namespace mediadock::app {
namespace {

constexpr std::string_view kRowStart = "| `";

std::vector<std::string> allRows() {
  std::ifstream page(MEDIADOCK_CONFIGURATION_PAGE);
  std::vector<std::string> rows;
  std::string line;
  while (std::getline(page, line)) {
    if (line.starts_with(kRowStart) && line.find('.') < line.find('`', kRowStart.size())) {
      rows.push_back(line);
    }
  }
  if (rows.empty()) {
    throw std::runtime_error("docs/configuration.md has no table");
  }
  return rows;
}

/// Whether the key of a row is `storage.PROVIDER.KEY`.
bool isOfProvider(std::string_view row) {
  const std::string_view key =
      row.substr(kRowStart.size(), row.find('`', kRowStart.size()) - kRowStart.size());
  return key.starts_with("storage.") && std::count(key.begin(), key.end(), '.') > 1;
}

}  // namespace

std::string pageRow(std::string_view key, std::string_view defaultValue, std::string_view help,
                    bool isSecret) {
  std::string row(kRowStart);
  row.append(key).append("` | ");
  row += defaultValue.empty() ? "–" : "`" + std::string(defaultValue) + "`";
  return row.append(" | ").append(help).append(isSecret ? " (secret) |" : " |");
}

std::vector<std::string> pageRowsOf(std::string_view prefix) {
  std::vector<std::string> rows = allRows();
  std::erase_if(rows, [prefix](std::string_view row) {
    return !row.substr(kRowStart.size()).starts_with(prefix);
  });
  return rows;
}

std::vector<std::string> pageRowsOfHost() {
  std::vector<std::string> rows = allRows();
  std::erase_if(rows, isOfProvider);
  return rows;
}

}  // namespace mediadock::app
