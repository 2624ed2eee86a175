#pragma once

/// \file
/// Splits and decodes a request target (RFC 9112 §3.2), exactly once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::http {

/// The decoded parameters of a query, in the order received.
class QueryParameters {
 public:
  /// Form decoding: `+` is a space.
  /// \throws ProblemException 400 for bad percent-encoding, NUL or invalid UTF-8.
  static QueryParameters parse(std::string_view query);

  /// The value of `name`; nullopt if absent.
  /// \throws ProblemException 400 if it is present twice.
  std::optional<std::string> find(std::string_view name) const;

  /// The value of a required parameter.
  /// \throws ProblemException 400 if it is missing.
  std::string require(std::string_view name) const;

  /// `1` and `true` are true; `0`, `false`, empty and absent are false.
  /// \throws ProblemException 400 for anything else.
  bool flag(std::string_view name) const;

  /// \throws ProblemException 400 unless it is an integer within [`min`, `max`].
  std::optional<std::uint64_t> number(std::string_view name, std::uint64_t min,
                                      std::uint64_t max) const;

  const std::vector<std::pair<std::string, std::string>>& all() const noexcept { return values_; }

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

struct RequestTarget {
  /// Decoded. Empty, which no route matches, if the target has no canonical path because of an
  /// encoded or doubled slash or a dot segment.
  std::string path;
  /// As received, not decoded.
  std::string query;
};

/// Accepts origin-form and `*`; the guard has converted absolute-form to origin-form.
/// \throws ProblemException 400 for a path with bad percent-encoding or a control character.
RequestTarget parseRequestTarget(std::string_view raw);

}  // namespace mediadock::http
