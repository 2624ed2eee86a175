#pragma once

/// \file
/// Storage provider for Nextcloud and other WebDAV servers.

#include "mediadock/provider_context.h"
#include "mediadock/storage_provider.h"

#include <memory>

namespace mediadock::nextcloud {

/// \throws StorageError `ConfigInvalid`. Does not access the network.
std::unique_ptr<IStorageProvider> makeNextcloudProvider(const ProviderContext& context);

}  // namespace mediadock::nextcloud
