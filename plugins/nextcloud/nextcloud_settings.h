#pragma once

/// \file
/// The parsed configuration of the plugin.

#include "dav/dav_settings.h"
#include "mediadock/plugin.h"
#include "mediadock/settings.h"

namespace mediadock::nextcloud {

struct NextcloudSettings : DavSettings {
  /// False if no URL is set: every call then throws `Unavailable`.
  bool isConfigured = false;
};

/// The configuration keys, for the plugin descriptor.
extern const SettingSpec kNextcloudSettingSpecs[12];

/// \throws StorageError `ConfigInvalid`; names the key, never a value that may contain a secret.
NextcloudSettings parseNextcloudSettings(const Settings& settings);

}  // namespace mediadock::nextcloud
