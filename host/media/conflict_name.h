#pragma once

/// \file
/// The name of a further file of the same name.

#include <cstddef>
#include <string>
#include <string_view>

namespace mediadock {

/// `photo.jpg` and 2 give `photo (2).jpg`; `archive.tar.gz` gives `archive (2).tar.gz`. A name
/// without an extension, or a hidden one such as `.profile`, gets the number at its end. Where the
/// result is longer than `maxBytes`, the part before the number is cut between two characters.
/// \pre `name` is valid UTF-8.
std::string numberedName(std::string_view name, std::size_t number, std::size_t maxBytes);

}  // namespace mediadock
