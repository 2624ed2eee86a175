#pragma once

/// \file
/// Credentials that do not hold.

#include <stdexcept>

namespace mediadock {

/// Says why, in words for whoever sent them; holds nothing of them.
class BadCredentials final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace mediadock
