#pragma once

/// \file
/// The names that this server goes by, against DNS rebinding: a page whose name is made to point
/// to this server is of the same origin to its browser, but asks for the server by that name.

#include "http/syntax/headers.h"

#include <string>
#include <utility>
#include <vector>

namespace mediadock {

/// Immutable after construction.
class KnownHosts {
 public:
  /// \param names in lower case, without port, IPv6 addresses in brackets; none: any name will do.
  explicit KnownHosts(std::vector<std::string> names) : names_(std::move(names)) {}

  /// Refuses a browser that asks for another name. Other clients have nobody's page in them.
  /// \throws ProblemException 403.
  void require(const Headers& headers) const;

 private:
  std::vector<std::string> names_;
};

}  // namespace mediadock
