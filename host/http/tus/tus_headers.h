#pragma once

/// \file
/// Strict, stateless parsers for the headers of tus 1.0.0.

#include "http/syntax/headers.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// `Upload-Length`, `Upload-Offset`: digits only. Returns nullopt otherwise, or if the number does
/// not fit the record database.
std::optional<std::uint64_t> parseTusNumber(std::string_view text);

/// The pairs of an `Upload-Metadata` in order, values decoded; empty for empty text. Returns
/// nullopt if it is malformed, repeats a key, or has more than 64 pairs.
std::optional<std::vector<Headers::Field>> parseTusMetadata(std::string_view text);

struct TusChecksum {
  /// `sha1` or `sha256`.
  std::string algorithm;
  /// The raw bytes of the digest.
  std::string digest;
};

/// Parses `Upload-Checksum`; returns nullopt if it is malformed, names another algorithm, or has
/// the wrong digest length.
std::optional<TusChecksum> parseTusChecksum(std::string_view text);

/// The value of a header that may occur at most once.
/// \throws ProblemException 400 if it occurs more often.
std::optional<std::string> singleHeader(const Headers& headers, std::string_view name);

}  // namespace mediadock::http
