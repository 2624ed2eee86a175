#pragma once

/// \file
/// Who makes a request, and what that one may do.

#include "mediadock/storage_path.h"

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// What a route asks of its caller. None contains another.
enum class Scope : std::uint8_t { Read, Write, Delete, Admin };

std::string_view toString(Scope scope) noexcept;

/// Nothing for a word that is no scope.
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

/// How a caller has shown who it is.
enum class Means : std::uint8_t {
  Nothing,
  ApiKey,
  BearerToken,
  /// The browser adds it to requests of other sites, too.
  CookieToken,
  /// A URL that the server has handed out. It speaks for whoever has it.
  SignedUrl,
};

/// A path that the caller is not let at. Thrown from wherever it is noticed; the gate knows what it
/// is answered with.
class OutsideReach final : public std::exception {
 public:
  /// \param reason is static.
  explicit OutsideReach(const char* reason = "this is outside of what the caller reaches") noexcept
      : reason_(reason) {}

  const char* what() const noexcept override { return reason_; }

 private:
  const char* reason_;
};

/// Made as one that may do nothing.
struct Caller {
  /// As the credentials have it, of any characters; empty where they name nobody.
  std::string name;
  Means means = Means::Nothing;
  Scopes scopes;
  /// The caller is confined to what is at or below one of these. The root is everything; no folder
  /// at all is nothing.
  std::vector<StoragePath> folders;
  /// By a signed URL: the only version of the file that it is good for.
  std::string signedVersion;

  bool isKnown() const noexcept { return !name.empty(); }

  bool isViaCookie() const noexcept { return means == Means::CookieToken; }

  bool has(Scope scope) const noexcept { return scopes.has(scope); }

  /// Whether `path` is at or below one of the caller's folders, by whole segments.
  bool reaches(const StoragePath& path) const noexcept;

  /// \throws OutsideReach where the caller does not reach `path`.
  void requireReach(const StoragePath& path) const;

  /// The caller where nobody is asked: may do everything, everywhere.
  static Caller anybody();
};

}  // namespace mediadock
