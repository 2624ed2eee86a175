#pragma once

/// \file
/// "Did you mean …" for misspelt keys and names.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// The one of `known` that takes the fewest single-character insertions, deletions and
/// replacements to become `word`; the first of several equal ones. Nothing only where `known` is
/// empty.
std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> known);

}  // namespace mediadock
