#pragma once

/// \file
/// The configuration, typed and checked.

#include "app/config/config_layers.h"
#include "app/secrets/redactor.h"
#include "cache/blob_cache.h"
#include "http/server/http_settings.h"
#include "media/types/denied_types.h"
#include "media/uploads/resumable_upload_settings.h"
#include "mediadock/plugin.h"
#include "mediadock/provider_context.h"
#include "mediadock/settings.h"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace mediadock::app {

struct LogSettings {
  LogLevel level = LogLevel::Information;
  http::LogFormat format = http::LogFormat::Text;
};

/// The values of the host's own keys. The selected provider's section is read separately, once its
/// plugin has declared its keys.
struct Config {
  http::HttpSettings http;
  std::string providerName;
  /// Absolute folders, in search order.
  std::vector<std::filesystem::path> pluginPath;
  std::string recordsUrl;
  std::string recordsPassword;
  media::DeniedTypes deniedTypes;
  /// Secrets for verifying tokens and signing URLs.
  std::vector<std::string> accessSecrets;
  media::ResumableUploadSettings resumableUploads;
  cache::BlobCacheSettings cache;
  /// How long a version reported by the storage is trusted without revalidation.
  std::chrono::seconds revalidateAfter;
  LogSettings log;
};

/// Reads the host's own keys. Refuses every other key that is not below `storage.`, and
/// `auth.mode=none` on an address that others can reach.
/// \throws StorageError `ConfigInvalid`, naming the key in the caller's words and its source.
Config readConfig(const ConfigLayers& layers);

/// Reads the section of provider `name`, whose keys are `specs`. Refuses unknown keys below
/// `storage.`; sections of the providers in `others` are allowed and ignored.
/// \throws StorageError `ConfigInvalid`.
Settings readProviderSection(const ConfigLayers& layers, const std::string& name,
                             std::span<const SettingSpec> specs,
                             std::span<const std::string> others);

/// A redactor for everything that must never be shown: the secrets of the host and of the
/// provider's section, plain and combined with any other value of the section as Basic credentials,
/// and passwords within URLs.
Redactor redactorFor(const Config& config, const Settings& section,
                     std::span<const SettingSpec> specs);

}  // namespace mediadock::app
