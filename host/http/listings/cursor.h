#pragma once

/// \file
/// Signed page cursors for listings.

#include "http/access/secret.h"

#include <string>
#include <string_view>

namespace mediadock::http {

/// Creates and verifies cursors that clients cannot forge. Immutable, so thread-safe.
class CursorSigner {
 public:
  /// With a random key: cursors are valid for the life of the process.
  CursorSigner();
  explicit CursorSigner(std::string_view key);

  /// \param scope identifies the listing, so that a cursor is valid for no other.
  std::string seal(std::string_view scope, std::string_view position) const;

  /// The sealed position.
  /// \throws ProblemException 400 for a cursor that is forged or belongs to another listing.
  std::string open(std::string_view scope, std::string_view cursor) const;

 private:
  std::string sign(std::string_view scope, std::string_view position) const;

  HmacKey key_;
};

}  // namespace mediadock::http
