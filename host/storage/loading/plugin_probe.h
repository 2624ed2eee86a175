#pragma once

/// \file
/// Looks into a plugin in a process of its own, for loading it runs its code.

#include "mediadock/provider_context.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace mediadock {

/// What became of one plugin file.
struct PluginReport {
  std::filesystem::path path;
  /// The provider's name, as the file name says.
  std::string name;
  /// The plugin's own version and its ABI (`1.0`); empty where it was refused.
  std::string version;
  std::string abi;
  /// What it can do under its default settings; see `abilityNames`.
  std::vector<std::string> abilities;
  /// Why it cannot be used; empty where it can.
  std::string refusal;
  /// Why the abilities of a usable plugin are not known.
  std::string note;
};

/// How long a plugin may take to be loaded and to make a provider.
inline constexpr std::chrono::seconds kProbePatience{10};
/// The most that is read of what it tells.
inline constexpr std::size_t kMostReportBytes = 1U << 20U;

/// Loads the plugin in `file` in a child process, and has it make a provider under its default
/// settings. One that crashes, exits or takes longer than `patience` there is refused. To be called
/// while the process has no other thread, for the child goes on with the caller's memory; what the
/// child writes to standard output is dropped.
PluginReport probePlugin(const std::filesystem::path& file, ILogSink& log,
                         std::chrono::milliseconds patience);

}  // namespace mediadock
