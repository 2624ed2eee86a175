#pragma once

/// \file
/// What was given by file, environment and command line, before it is known what of it is valid:
/// a provider's keys are known only once its plugin is found.

#include "app/config/config_keys.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock {

struct GivenValue {
  /// Empty in the environment, whose names do not tell where a key has dots.
  std::string key;
  /// What the caller wrote: the key or the variable.
  std::string name;
  std::string text;
};

/// The values of one source.
struct ConfigLayer {
  /// For messages: `file FILE`, `environment`, `--set`.
  std::string origin;
  std::vector<GivenValue> values;
  /// Whether names that nobody knows are ignored: variables that are not ours.
  bool isForeign = false;
};

/// Later layers win over earlier ones.
using ConfigLayers = std::vector<ConfigLayer>;

/// The text of one key and where it came from, in the caller's words: `log.level (--set)`.
struct ResolvedValue {
  std::string text;
  std::string source;
};

using ResolvedValues = std::map<std::string, ResolvedValue, std::less<>>;

/// What to read.
struct ConfigInput {
  std::optional<std::string> file;
  std::map<std::string, std::string> environment;
  /// `key=value` each.
  std::vector<std::string> assignments;
};

/// Reads the file, then the existing console's `NEXTCLOUD_...` variables, then `MEDIADOCK_...`,
/// then the assignments. \throws StorageError `ConfigInvalid`.
ConfigLayers readLayers(const ConfigInput& input);

/// The given values of `keys`, of later layers before those of earlier ones; keys that were not
/// given are absent. A secret is read from the file that its twin `KEY_file` names, without one
/// trailing newline.
/// \throws StorageError `ConfigInvalid` where one layer gives a secret and its twin, or the file
///   cannot be read.
ResolvedValues resolve(const ConfigLayers& layers, std::span<const ConfigKey> keys);

/// Refuses the first given name that is none of `keys` (or twins of secrets) and does not begin
/// with one of `foreignPrefixes`, which are keys ending in a dot. The message names the nearest
/// known key, in the form that the caller used.
/// \throws StorageError `ConfigInvalid`.
void refuseUnknown(const ConfigLayers& layers, std::span<const ConfigKey> keys,
                   std::span<const std::string> foreignPrefixes);

}  // namespace mediadock
