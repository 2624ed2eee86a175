#pragma once

/// \file
/// Who makes a request, and what they may do.

#include "mediadock/storage_path.h"

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// A permission that a route requires of its caller. No scope includes another.
enum class Scope : std::uint8_t { Read, Write, Delete, Admin };

std::string_view toString(Scope scope) noexcept;

/// Returns nullopt if `word` is not a scope.
std::optional<Scope> parseScope(std::string_view word) noexcept;

class Scopes {
 public:
  Scopes() = default;

  Scopes(std::initializer_list<Scope> scopes) {
    for (const Scope scope : scopes) {
      add(scope);
    }
  }

  void add(Scope scope) noexcept { bits_ |= bitOf(scope); }

  bool has(Scope scope) const noexcept { return (bits_ & bitOf(scope)) != 0; }

  bool isEmpty() const noexcept { return bits_ == 0; }

  friend bool operator==(const Scopes&, const Scopes&) = default;

 private:
  static unsigned bitOf(Scope scope) noexcept { return 1U << static_cast<unsigned>(scope); }

  unsigned bits_ = 0;
};

/// How a caller was authenticated.
enum class AuthMethod : std::uint8_t {
  Nothing,
  ApiKey,
  BearerToken,
  /// Browsers also attach it to requests from other sites' pages.
  CookieToken,
  /// A URL that the server has issued. Bearer: grants access to anyone who holds it.
  SignedUrl,
};

/// Thrown, at any layer, for a path that the caller may not access. The authorizer decides on the
/// response.
class PathForbidden final : public std::exception {
 public:
  /// \param reason a string literal; the pointer is kept.
  explicit PathForbidden(const char* reason = "this is outside of what the caller reaches") noexcept
      : reason_(reason) {}

  const char* what() const noexcept override { return reason_; }

 private:
  const char* reason_;
};

/// Default-constructed, it may do nothing.
struct Caller {
  /// As in the credentials, of any characters; empty if they name nobody.
  std::string name;
  AuthMethod method = AuthMethod::Nothing;
  Scopes scopes;
  /// The caller may access only paths at or below one of these: with the root everything, with an
  /// empty list nothing.
  std::vector<StoragePath> folders;
  /// For a signed URL: the only version of the file that it grants access to.
  std::string signedVersion;

  bool isKnown() const noexcept { return !name.empty(); }

  bool isViaCookie() const noexcept { return method == AuthMethod::CookieToken; }

  bool has(Scope scope) const noexcept { return scopes.has(scope); }

  /// Whether `path` is at or below one of the caller's folders, comparing whole segments.
  bool mayAccess(const StoragePath& path) const noexcept;

  /// \throws PathForbidden if the caller may not access `path`.
  void requireReach(const StoragePath& path) const;

  /// The caller when authentication is off: may do everything, everywhere.
  static Caller anybody();
};

}  // namespace mediadock::http
