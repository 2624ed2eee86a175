#pragma once

/// \file
/// `multipart/byteranges` (RFC 9110 §14.6): several pieces of one file in one answer.

#include "http/range.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mediadock {

/// The text around the pieces, and so the exact length of the whole before anything is sent.
class Byteranges {
 public:
  Byteranges(std::vector<ResolvedRange> ranges, std::string contentType, std::uint64_t fileSize);

  /// The answer's own `Content-Type`.
  std::string contentType() const;

  std::uint64_t length() const;

  const std::vector<ResolvedRange>& ranges() const noexcept { return ranges_; }

  /// What stands before the bytes of `range`.
  std::string before(const ResolvedRange& range) const;

  /// What stands behind the last bytes.
  std::string end() const;

 private:
  std::vector<ResolvedRange> ranges_;
  std::string contentType_;
  std::uint64_t fileSize_;
  std::string boundary_;
};

}  // namespace mediadock
