#pragma once

/// \file
/// Common setup of all commands that need a host: configuration, plugin, and a context for their
/// calls.

#include "app/config/config.h"
#include "app/config/config_layers.h"
#include "app/secrets/redactor.h"
#include "mediadock/call_context.h"
#include "mediadock/settings.h"
#include "storage/loading/provider_registry.h"

namespace mediadock::app {

struct HostSetup {
  Config config;
  storage::ProviderRegistry registry;
  /// The selected provider's section.
  Settings section;
  Redactor redactor;
};

enum class PluginCare {
  Load,
  /// Load it in a child process first, so that a crashing plugin is reported as an error. Only
  /// while the process is single-threaded.
  Probe
};

/// Reads and checks the whole configuration, and loads the selected provider's plugin for its keys.
/// \throws StorageError `ConfigInvalid`.
HostSetup setUpHost(const ConfigInput& input, PluginCare care = PluginCare::Load);

/// A context for a call outside any request, at start or from the command line, with a deadline in
/// 30 seconds.
CallContext startContext();

}  // namespace mediadock::app
