#pragma once

/// \file
/// Protection against DNS rebinding: if an attacker's host name is made to resolve to this server,
/// the browser considers it same-origin with the attacker's page, but `Host` has the attacker's
/// name.

#include "http/syntax/headers.h"

#include <string>
#include <utility>
#include <vector>

namespace mediadock::http {

/// Immutable after construction.
class KnownHosts {
 public:
  /// \param names in lower case, without port, IPv6 addresses in brackets; empty: any name is
  ///   accepted.
  explicit KnownHosts(std::vector<std::string> names) : names_(std::move(names)) {}

  /// Rejects a browser's request for another name. Other clients, which run no page, are not
  /// checked.
  /// \throws ProblemException 403.
  void require(const Headers& headers) const;

 private:
  std::vector<std::string> names_;
};

}  // namespace mediadock::http
