#include "app/config/config_layers.h"

#include "app/config/config_file.h"
#include "app/secrets/secret_file.h"
#include "mediadock/storage_error.h"
#include "storage/loading/nearest_word.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace mediadock::app {
namespace {

constexpr std::string_view kEnvironmentPrefix = "MEDIADOCK_";
constexpr std::string_view kFileSuffix = "_file";

/// Environment variables that a console with its files in Nextcloud already has.
constexpr std::array<std::pair<const char*, const char*>, 5> kConsoleVariables = {{
    {"NEXTCLOUD_URL", "storage.nextcloud.url"},
    {"NEXTCLOUD_USERNAME", "storage.nextcloud.username"},
    {"NEXTCLOUD_PASSWORD", "storage.nextcloud.password"},
    {"NEXTCLOUD_APP_PASSWORD", "storage.nextcloud.app_password"},
    {"NEXTCLOUD_BASE_PATH", "storage.nextcloud.base_path"},
}};

[[noreturn]] void refuse(const std::string& message) {
  throw StorageError(StorageErrc::ConfigInvalid, message);
}

ConfigLayer consoleLayer(const std::map<std::string, std::string>& environment) {
  ConfigLayer layer{"environment", {}, true};
  for (const auto& [variable, key] : kConsoleVariables) {
    if (const auto found = environment.find(variable); found != environment.end()) {
      layer.values.push_back({key, variable, found->second});
    }
  }
  return layer;
}

ConfigLayer environmentLayer(const std::map<std::string, std::string>& environment) {
  ConfigLayer layer{"environment", {}};
  for (const auto& [name, text] : environment) {
    if (name.starts_with(kEnvironmentPrefix)) {
      layer.values.push_back({"", name, text});
    }
  }
  return layer;
}

ConfigLayer assignmentLayer(const std::vector<std::string>& assignments) {
  ConfigLayer layer{"--set", {}};
  for (const std::string& assignment : assignments) {
    const auto equals = assignment.find('=');
    // The text is not shown: it may be a secret without its key.
    if (equals == std::string::npos || equals == 0) {
      refuse("--set takes key=value");
    }
    const std::string key = assignment.substr(0, equals);
    layer.values.push_back({key, key, assignment.substr(equals + 1)});
  }
  return layer;
}

std::string sourceOf(const ConfigLayer& layer, const GivenValue& value) {
  return value.name + " (" + layer.origin + ")";
}

bool isNamed(const GivenValue& value, const std::string& key) {
  return value.key.empty() ? value.name == environmentName(key) : value.key == key;
}

/// The last value that `layer` gives for `key`.
const GivenValue* findIn(const ConfigLayer& layer, const std::string& key) {
  const auto found = std::find_if(layer.values.rbegin(), layer.values.rend(),
                                  [&key](const GivenValue& value) { return isNamed(value, key); });
  return found == layer.values.rend() ? nullptr : &*found;
}

std::optional<ResolvedValue> resolveIn(const ConfigLayer& layer, const ConfigKey& key) {
  const GivenValue* plain = findIn(layer, key.name);
  const GivenValue* twin =
      key.isSecret ? findIn(layer, std::string(key.name).append(kFileSuffix)) : nullptr;
  if (twin != nullptr && !twin->text.empty()) {
    if (plain != nullptr && !plain->text.empty()) {
      refuse(plain->name + " and " + twin->name + " are both set (" + layer.origin + ")");
    }
    const std::string source = sourceOf(layer, *twin);
    return ResolvedValue{readSecretFile(twin->text, source), source};
  }
  if (plain != nullptr) {
    return ResolvedValue{plain->text, sourceOf(layer, *plain)};
  }
  return std::nullopt;
}

std::vector<std::string> allNames(std::span<const ConfigKey> keys) {
  std::vector<std::string> names;
  for (const ConfigKey& key : keys) {
    names.emplace_back(key.name);
    if (key.isSecret) {
      names.push_back(std::string(key.name).append(kFileSuffix));
    }
  }
  return names;
}

bool isKnown(const GivenValue& value, const std::vector<std::string>& names,
             std::span<const std::string> foreignPrefixes) {
  const auto isPrefix = [&value](const std::string& prefix) {
    return value.key.empty() ? value.name.starts_with(environmentName(prefix))
                             : value.key.starts_with(prefix);
  };
  return std::any_of(names.begin(), names.end(),
                     [&value](const std::string& name) { return isNamed(value, name); }) ||
         std::any_of(foreignPrefixes.begin(), foreignPrefixes.end(), isPrefix);
}

[[noreturn]] void refuseName(const ConfigLayer& layer, const GivenValue& value,
                             std::vector<std::string> names) {
  const bool isVariable = value.key.empty();
  if (isVariable) {
    std::transform(names.begin(), names.end(), names.begin(),
                   [](const std::string& name) { return environmentName(name); });
  }
  refuse((isVariable ? "unknown variable '" : "unknown key '") + value.name + "' (" + layer.origin +
         "); the nearest known one is '" + storage::nearestWord(value.name, names).value_or("") +
         "'");
}

}  // namespace

ConfigLayers readLayers(const ConfigInput& input) {
  ConfigLayers layers;
  if (input.file) {
    layers.push_back(readConfigFile(*input.file));
  }
  layers.push_back(consoleLayer(input.environment));
  layers.push_back(environmentLayer(input.environment));
  layers.push_back(assignmentLayer(input.assignments));
  return layers;
}

ResolvedValues resolve(const ConfigLayers& layers, std::span<const ConfigKey> keys) {
  ResolvedValues values;
  for (const ConfigKey& key : keys) {
    for (const ConfigLayer& layer : layers) {
      if (auto value = resolveIn(layer, key)) {
        values.insert_or_assign(key.name, *std::move(value));
      }
    }
  }
  return values;
}

void refuseUnknown(const ConfigLayers& layers, std::span<const ConfigKey> keys,
                   std::span<const std::string> foreignPrefixes) {
  const std::vector<std::string> names = allNames(keys);
  for (const ConfigLayer& layer : layers) {
    for (const GivenValue& value : layer.values) {
      if (!layer.isForeign && !isKnown(value, names, foreignPrefixes)) {
        refuseName(layer, value, names);
      }
    }
  }
}

}  // namespace mediadock::app
