#pragma once

/// \file
/// Values from file, environment and command line, before they are validated: a provider's keys are
/// known only once its plugin is loaded.

#include "app/config/config_keys.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock::app {

struct GivenValue {
  /// Empty for the environment, whose names do not show where a key has dots.
  std::string key;
  /// What the user wrote: the key or the variable.
  std::string name;
  std::string text;
};

/// The values of one source.
struct ConfigLayer {
  /// For messages: `file FILE`, `environment`, `--set`.
  std::string origin;
  std::vector<GivenValue> values;
  /// Whether unknown names are ignored: the layer may hold variables that are not ours.
  bool isForeign = false;
};

/// Later layers override earlier ones.
using ConfigLayers = std::vector<ConfigLayer>;

/// The text of one key and its origin, in the user's words: `log.level (--set)`.
struct ResolvedValue {
  std::string text;
  std::string source;
};

using ResolvedValues = std::map<std::string, ResolvedValue, std::less<>>;

/// The sources to read.
struct ConfigInput {
  std::optional<std::string> file;
  std::map<std::string, std::string> environment;
  /// `key=value` each.
  std::vector<std::string> assignments;
};

/// Reads the file, then the `NEXTCLOUD_...` variables of the existing console, then
/// `MEDIADOCK_...`, then the assignments. \throws StorageError `ConfigInvalid`.
ConfigLayers readLayers(const ConfigInput& input);

/// The values given for `keys`, later layers overriding earlier ones; keys that were not given are
/// absent. A secret may be read from the file that its companion key `KEY_file` names, without one
/// trailing newline.
/// \throws StorageError `ConfigInvalid` if one layer gives both a secret and its companion key, or
///   the file cannot be read.
ResolvedValues resolve(const ConfigLayers& layers, std::span<const ConfigKey> keys);

/// Refuses the first given name that is not one of `keys` (or a companion key of a secret) and does
/// not begin with one of `foreignPrefixes`, which end in a dot. The message suggests the nearest
/// known key, in the form that the user wrote.
/// \throws StorageError `ConfigInvalid`.
void refuseUnknown(const ConfigLayers& layers, std::span<const ConfigKey> keys,
                   std::span<const std::string> foreignPrefixes);

}  // namespace mediadock::app
