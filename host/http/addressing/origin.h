#pragma once

/// \file
/// Web origins (RFC 6454): what a browser says of the page that a request comes from.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Scheme, host and port, in the one form that browsers write: lower case, a port only where it is
/// not the scheme's own.
class Origin {
 public:
  /// `SCHEME://HOST[:PORT]` with nothing behind it; `null` is no origin.
  static std::optional<Origin> parse(std::string_view text);

  /// Of an absolute URL, such as a `Referer`.
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
  /// Empty for the scheme's own.
  std::string port_;
};

}  // namespace mediadock
