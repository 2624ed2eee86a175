#pragma once

/// \file
/// "Did you mean …" for misspelt keys and names.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::storage {

/// The one of `known` with the smallest edit distance (insertions, deletions, replacements of
/// single characters) to `word`; the first of several equal ones. Returns nullopt only if `known`
/// is empty.
std::optional<std::string> nearestWord(std::string_view word, std::span<const std::string> known);

}  // namespace mediadock::storage
