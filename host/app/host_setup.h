#pragma once

/// \file
/// What every command that works on a host begins with: configuration, plugin, and the limits of
/// its own calls.

#include "app/config/config.h"
#include "app/config/config_layers.h"
#include "app/secrets/redactor.h"
#include "mediadock/call_context.h"
#include "mediadock/settings.h"
#include "storage/loading/provider_registry.h"

namespace mediadock {

struct HostSetup {
  Config config;
  ProviderRegistry registry;
  /// The chosen provider's section.
  Settings section;
  Redactor redactor;
};

enum class PluginCare {
  Load,
  /// In a process of its own first, so that a plugin that crashes is an error, too; only while the
  /// process has one thread.
  Probe
};

/// Reads and checks the whole configuration, and loads the chosen provider's plugin for its keys.
/// \throws StorageError `ConfigInvalid`.
HostSetup setUpHost(const ConfigInput& input, PluginCare care = PluginCare::Load);

/// A context for a call outside of any request, at start or from the command line: its deadline is
/// in 30 seconds.
CallContext startContext();

}  // namespace mediadock
