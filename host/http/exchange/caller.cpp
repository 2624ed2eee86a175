#include "http/exchange/caller.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mediadock::http {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 4> kWords = {{
    {Scope::Read, "read"},
    {Scope::Write, "write"},
    {Scope::Delete, "delete"},
    {Scope::Admin, "admin"},
}};

}  // namespace

std::string_view toString(Scope scope) noexcept {
  return kWords.at(static_cast<std::size_t>(scope)).second;
}

std::optional<Scope> parseScope(std::string_view word) noexcept {
  for (const auto& [scope, known] : kWords) {
    if (known == word) {
      return scope;
    }
  }
  return std::nullopt;
}

bool Caller::mayAccess(const StoragePath& path) const noexcept {
  return std::any_of(folders.begin(), folders.end(),
                     [&path](const StoragePath& folder) { return path.isWithin(folder); });
}

void Caller::requireReach(const StoragePath& path) const {
  if (!mayAccess(path)) {
    throw PathForbidden();
  }
}

Caller Caller::anybody() {
  return {.scopes = {Scope::Read, Scope::Write, Scope::Delete, Scope::Admin},
          .folders = {StoragePath()}};
}

}  // namespace mediadock::http
