#include "mediadock/plugin.h"

#include "nextcloud_provider.h"
#include "nextcloud_settings.h"

MEDIADOCK_PLUGIN("nextcloud", MEDIADOCK_VERSION, mediadock::nextcloud::kNextcloudSettingSpecs,
                 mediadock::nextcloud::makeNextcloudProvider);
