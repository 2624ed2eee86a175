#pragma once

/// \file
/// Fault boundary between the host and a plugin's provider.

#include "mediadock/plugin.h"

#include <memory>

namespace mediadock::storage {

/// Creates a provider with the factory of `plugin` and wraps it, so that a fault of a plugin is an
/// error of one call and not the end of the process:
///
/// - Any other exception from the provider or one of its streams becomes a `StorageError`
///   `Internal` that names plugin, call, path and the exception's type. A `StorageError` without
///   operation or path gets both.
/// - Impossible results are rejected: each number, path, size, token and text is checked against
///   what was requested, given or written (`answer_checks`, `child_check`).
/// - A call whose context is already cancelled or past its deadline does not reach the provider.
/// - Each stream holds the provider: it may outlive the provider's handle.
///
/// The provider is destroyed by the plugin once handle and streams are gone.
/// \param plugin a descriptor returned by `loadPlugin`.
/// \param context whose log sink must outlive the provider.
/// \throws StorageError as the factory reports, `Internal` if it returns null.
std::shared_ptr<IStorageProvider> createGuarded(const PluginDescriptor& plugin,
                                                const ProviderContext& context);

}  // namespace mediadock::storage
