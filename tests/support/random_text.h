#pragma once

/// \file
/// Names and passwords that no two runs share.

#include <cstddef>
#include <string>

namespace mediadock {

/// `length` random lower-case letters and digits.
std::string randomText(std::size_t length);

}  // namespace mediadock
