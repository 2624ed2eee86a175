#pragma once

/// \file
/// The request target (RFC 9112 §3.2), split and decoded once.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

/// The decoded parameters of a query, in the order they came.
class QueryParameters {
 public:
  /// Form decoding: `+` is a space.
  /// \throws ProblemException 400 for bad percent-encoding, NUL or invalid UTF-8.
  static QueryParameters parse(std::string_view query);

  /// The value of `name`; nothing where it is absent.
  /// \throws ProblemException 400 where it stands there twice.
  std::optional<std::string> find(std::string_view name) const;

  /// The value of a parameter that must be there.
  /// \throws ProblemException 400 where it is not.
  std::string require(std::string_view name) const;

  /// `1` and `true` are true; `0`, `false`, the empty text and absence are false.
  /// \throws ProblemException 400 for anything else.
  bool flag(std::string_view name) const;

  /// \throws ProblemException 400 for what is no whole number within [`min`, `max`].
  std::optional<std::uint64_t> number(std::string_view name, std::uint64_t min,
                                      std::uint64_t max) const;

  const std::vector<std::pair<std::string, std::string>>& all() const noexcept { return values_; }

 private:
  std::vector<std::pair<std::string, std::string>> values_;
};

struct RequestTarget {
  /// Decoded. Empty where the target has no canonical path: an encoded or doubled slash, a dot
  /// segment. No route has it, so it is not found.
  std::string path;
  /// As it came, not decoded.
  std::string query;
};

/// Takes the origin form and `*`; the guard has made one out of any other.
/// \throws ProblemException 400 for a path with bad percent-encoding or a control character.
RequestTarget parseRequestTarget(std::string_view raw);

}  // namespace mediadock
