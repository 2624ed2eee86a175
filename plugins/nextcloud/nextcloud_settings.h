#pragma once

/// \file
/// The plugin's section of the configuration, parsed.

#include "mediadock/plugin.h"
#include "mediadock/settings.h"
#include "mediadock/storage_path.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace mediadock {

/// Scheme, host and port: the only place that our credentials go to.
struct Origin {
  bool isTls = false;
  std::string host;
  std::uint16_t port = 80;

  /// `host`, or `host:port` where the port is not the scheme's own (RFC 9110 §7.2).
  std::string authority() const;

  /// `https://authority`.
  std::string str() const;

  friend bool operator==(const Origin&, const Origin&) = default;
};

struct NextcloudSettings {
  /// False where no url is set: every call then answers `Unavailable`.
  bool isConfigured = false;
  Origin origin;
  /// The url's path, split and decoded once.
  std::vector<std::string> rootSegments;
  StoragePath basePath;
  std::string username;
  /// The app password where one is set.
  std::string password;
  std::string caFile;
  bool verifyTls = true;
  std::chrono::milliseconds connectTimeout{5000};
  std::chrono::milliseconds ioTimeout{60000};
  /// How often a request that may be repeated is sent again.
  unsigned retries = 4;
  std::size_t chunkBytes = 10485760;
  std::size_t maxConnections = 32;
};

/// The keys that the plugin knows, for its descriptor.
extern const SettingSpec kNextcloudSettingSpecs[12];

/// \throws StorageError `ConfigInvalid` naming the key; never a value that may hold a secret.
NextcloudSettings parseNextcloudSettings(const Settings& settings);

}  // namespace mediadock
