#pragma once

/// \file
/// Web origins (RFC 6454): scheme, host and port of the page that a request comes from.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Scheme, host and port, normalised as browsers do: lower case, without the scheme's default port.
class Origin {
 public:
  /// Parses exactly `SCHEME://HOST[:PORT]`. Returns nullopt for anything else, including `null`.
  static std::optional<Origin> parse(std::string_view text);

  /// The origin of an absolute URL, such as a `Referer`.
  static std::optional<Origin> ofUrl(std::string_view url);

  const std::string& scheme() const noexcept { return scheme_; }

  /// An IPv6 address in brackets.
  const std::string& host() const noexcept { return host_; }

  bool hasPort() const noexcept { return !port_.empty(); }

  std::string str() const;

  friend bool operator==(const Origin&, const Origin&) = default;

 private:
  Origin() = default;

  std::string scheme_;
  std::string host_;
  /// Empty for the scheme's default.
  std::string port_;
};

}  // namespace mediadock::http
