#pragma once

/// \file
/// The plugin's section of the configuration, parsed.

#include "dav/dav_settings.h"
#include "mediadock/plugin.h"
#include "mediadock/settings.h"

namespace mediadock {

struct NextcloudSettings : DavSettings {
  /// False where no url is set: every call then answers `Unavailable`.
  bool isConfigured = false;
};

/// The keys that the plugin knows, for its descriptor.
extern const SettingSpec kNextcloudSettingSpecs[12];

/// \throws StorageError `ConfigInvalid` naming the key; never a value that may hold a secret.
NextcloudSettings parseNextcloudSettings(const Settings& settings);

}  // namespace mediadock
