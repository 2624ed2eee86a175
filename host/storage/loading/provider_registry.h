#pragma once

/// \file
/// Finds the storage plugins of an installation and opens providers by name.

#include "mediadock/plugin.h"
#include "storage/loading/plugin_probe.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::storage {

/// Splits a `:`-separated list of folders. Empty parts are dropped; they never mean the current
/// directory.
std::vector<std::filesystem::path> parsePluginPath(std::string_view text);

/// The plugins in a list of folders, searched again on each call. Immutable; safe to share between
/// threads.
class ProviderRegistry final {
 public:
  /// \param folders absolute, in search order: of two plugins with the same name the first wins. A
  ///   missing folder counts as empty.
  /// \throws StorageError `ConfigInvalid` for a relative folder.
  explicit ProviderRegistry(std::vector<std::filesystem::path> folders);

  /// Loads only the plugin of provider `name` and creates a provider with it; see `createGuarded`
  /// for the guarantees of the handle.
  /// \param log must outlive the provider and all its streams.
  /// \throws StorageError `ConfigInvalid` if no such plugin is found, it is refused, or it does not
  ///   know a key of `settings`; otherwise what its factory reports.
  std::shared_ptr<IStorageProvider> open(std::string_view name, const Settings& settings,
                                         ILogSink& log) const;

  /// The settings of provider `name`. Loads its plugin; the table lives as long as the process.
  /// \throws StorageError `ConfigInvalid` if no such plugin is found or it is refused.
  std::span<const SettingSpec> settingsOf(std::string_view name) const;

  /// The names of the providers that have a plugin file, each once. Loads none.
  std::vector<std::string> names() const;

  /// Probes every plugin and returns the results in search order; `probePlugin` explains the
  /// restriction on threads.
  std::vector<PluginReport> report(ILogSink& log,
                                   std::chrono::milliseconds timeout = kProbeTimeout) const;

  /// Probes the plugin of provider `name` before it is loaded here.
  /// \throws StorageError `ConfigInvalid` if no such plugin is found or it is refused.
  void probe(std::string_view name) const;

 private:
  std::vector<std::filesystem::path> candidates() const;
  std::filesystem::path find(std::string_view name) const;

  std::vector<std::filesystem::path> folders_;
};

}  // namespace mediadock::storage
