#include "http/access/api_keys.h"

#include "http/access/secret.h"
#include "http/syntax/digest.h"
#include "http/syntax/headers.h"
#include "mediadock/storage_error.h"

#include <algorithm>

namespace mediadock::http {
namespace {

[[noreturn]] void refuseKey(const std::string& reason) {
  throw StorageError(StorageErrc::ConfigInvalid, reason);
}

/// Removes the text up to and including the next colon from `rest`, and returns it without the
/// colon.
std::string_view takeField(std::string_view& rest) {
  const std::string_view field = rest.substr(0, rest.find(':'));
  rest.remove_prefix(std::min(field.size() + 1, rest.size()));
  return field;
}

Scopes parseScopes(std::string_view words) {
  Scopes scopes;
  while (!words.empty()) {
    const std::string_view word = words.substr(0, words.find_first_of(", "));
    words.remove_prefix(std::min(word.size() + 1, words.size()));
    if (word.empty()) {
      continue;
    }
    const auto scope = parseScope(word);
    if (!scope) {
      refuseKey("'" + std::string(word) + "' is no scope; there are read, write, delete and admin");
    }
    scopes.add(*scope);
  }
  if (scopes.isEmpty()) {
    refuseKey("the key has no scope; there are read, write, delete and admin");
  }
  return scopes;
}

StoragePath parseFolder(std::string_view text) {
  if (text.empty()) {
    refuseKey("the path prefix is empty; without its colon the key holds everywhere");
  }
  return StoragePath::parse(text);
}

}  // namespace

ApiKeys ApiKeys::parse(std::string_view text) {
  ApiKeys keys;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view whole = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(whole.size() + 1, text.size()));
    std::string_view line = base::trimmed(whole);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    try {
      Key key = parseLine(line);
      const bool isTaken = std::any_of(keys.keys_.begin(), keys.keys_.end(),
                                       [&](const Key& k) { return k.digest == key.digest; });
      if (isTaken) {
        refuseKey("the same key stands there twice");
      }
      keys.keys_.push_back(std::move(key));
    } catch (const StorageError& error) {
      refuseKey("line " + std::to_string(number) + ": " + error.what());
    }
  }
  return keys;
}

ApiKeys::Key ApiKeys::parseLine(std::string_view line) {
  if (std::count(line.begin(), line.end(), ':') < 2) {
    refuseKey("a line is name:sha256-hex:scopes or name:sha256-hex:scopes:path-prefix");
  }
  const std::string_view name = takeField(line);
  const std::string_view digest = takeField(line);
  if (name.empty() || hasControlCharacter(name) || !isValidUtf8(name)) {
    refuseKey("the key has no name that can be used");
  }
  if (!isSha256Hex(digest)) {
    refuseKey("the second field must be the key's SHA-256, 64 hex digits");
  }
  const bool hasFolder = line.find(':') != std::string_view::npos;
  const Scopes scopes = parseScopes(takeField(line));
  return {.digest = base::toLowerAscii(digest),
          .caller = {.name = std::string(name),
                     .method = AuthMethod::ApiKey,
                     .scopes = scopes,
                     .folders = {hasFolder ? parseFolder(line) : StoragePath()}}};
}

std::optional<Caller> ApiKeys::find(std::string_view key) const {
  const std::string digest = sha256Hex(key);
  const Key* found = nullptr;
  for (const Key& known : keys_) {
    if (isSameSecret(known.digest, digest)) {
      found = &known;
    }
  }
  return found == nullptr ? std::nullopt : std::optional(found->caller);
}

}  // namespace mediadock::http
