#pragma once

/// \file
/// The tables of docs/configuration.md.

#include <string>
#include <string_view>
#include <vector>

namespace mediadock::app {

/// The row that a key should have.
std::string pageRow(std::string_view key, std::string_view defaultValue, std::string_view help,
                    bool isSecret);

/// The rows whose key begins with `prefix`, in the page's order.
std::vector<std::string> pageRowsOf(std::string_view prefix);

/// The rows of keys that belong to no provider.
std::vector<std::string> pageRowsOfHost();

}  // namespace mediadock::app
