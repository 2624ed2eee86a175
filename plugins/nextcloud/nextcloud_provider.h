#pragma once

/// \file
/// The storage of a Nextcloud, or of another WebDAV server.

#include "mediadock/provider_context.h"
#include "mediadock/storage_provider.h"

#include <memory>

namespace mediadock {

/// \throws StorageError `ConfigInvalid`. Reaches no network.
std::unique_ptr<IStorageProvider> makeNextcloudProvider(const ProviderContext& context);

}  // namespace mediadock
