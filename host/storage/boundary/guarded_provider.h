#pragma once

/// \file
/// What stands between the host and a plugin's provider.

#include "mediadock/plugin.h"

#include <memory>

namespace mediadock {

/// Makes a provider with the factory of `plugin` and hands it out behind a guard, so that a fault
/// of a plugin is an error of one call and not the end of the process:
///
/// - Whatever leaves the provider or one of its streams and is no `StorageError` becomes one,
///   `Internal`, that names plugin, call, path and the exception's type. A `StorageError` that
///   names no operation or path is given both.
/// - Nothing that it answers is believed that cannot be true: each number, path, size, token and
/// text
///   is held against what was asked, given or written (`answer_checks`, `child_check`).
/// - A call whose context is cancelled or past its deadline already does not reach the provider.
/// - Each stream holds the provider: it may be kept when the provider's handle is gone.
///
/// The provider is destroyed by the plugin once handle and streams are gone.
/// \param plugin a descriptor that `loadPlugin` gave.
/// \param context whose log sink must outlive the provider.
/// \throws StorageError as the factory reports, `Internal` where it gives nothing.
std::shared_ptr<IStorageProvider> createGuarded(const PluginDescriptor& plugin,
                                                const ProviderContext& context);

}  // namespace mediadock
