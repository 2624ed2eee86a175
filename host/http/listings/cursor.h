#pragma once

/// \file
/// Where the next page of a listing begins, as a client carries it back.

#include "http/access/secret.h"

#include <string>
#include <string_view>

namespace mediadock {

/// Makes cursors that nobody else can make. Immutable; safe to share between threads.
class CursorSigner {
 public:
  /// With a key of its own, so that cursors hold as long as the process.
  CursorSigner();
  explicit CursorSigner(std::string_view key);

  /// \param scope names the listing, so that a cursor fits no other.
  std::string seal(std::string_view scope, std::string_view position) const;

  /// The position that was sealed.
  /// \throws ProblemException 400 for a cursor that is forged or belongs to another listing.
  std::string open(std::string_view scope, std::string_view cursor) const;

 private:
  std::string sign(std::string_view scope, std::string_view position) const;

  HmacKey key_;
};

}  // namespace mediadock
