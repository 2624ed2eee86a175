#pragma once

/// \file
/// Examines a plugin in a child process, because loading it runs its code.

#include "mediadock/provider_context.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mediadock::storage {

/// The result for one plugin file.
struct PluginReport {
  std::filesystem::path path;
  /// The provider's name, from the file name.
  std::string name;
  /// The plugin's own version and its ABI (`1.0`); empty if it was refused.
  std::string version;
  std::string abi;
  /// Its abilities with default settings; see `abilityNames`.
  std::vector<std::string> abilities;
  /// Why it cannot be used; empty if it can.
  std::string refusal;
  /// Why the abilities of a usable plugin are unknown.
  std::string note;
};

/// Time limit for loading a plugin and creating a provider.
inline constexpr std::chrono::seconds kProbeTimeout{10};
/// Upper bound on the report read from the child.
inline constexpr std::size_t kMostReportBytes = 1U << 20U;

/// Loads the plugin in `file` in a child process, and creates a provider with default settings
/// there. A plugin that crashes, exits or takes longer than `timeout` is refused. Call only while
/// the process is single-threaded, since the child is forked without exec; the child's standard
/// output is dropped.
PluginReport probePlugin(const std::filesystem::path& file, ILogSink& log,
                         std::chrono::milliseconds timeout);

}  // namespace mediadock::storage
