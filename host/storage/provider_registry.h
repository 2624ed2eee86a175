#pragma once

/// \file
/// Finds the storage plugins of an installation and opens providers by name.

#include "mediadock/plugin.h"

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
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

/// Splits a `:`-separated list of folders. An empty part is dropped: it never means the current
/// directory.
std::vector<std::filesystem::path> parsePluginPath(std::string_view text);

/// The plugins in a list of folders, looked for anew with each call. Immutable; safe to share
/// between threads.
class ProviderRegistry final {
 public:
  /// \param folders absolute, in search order: of two plugins of one name the first wins. One that
  ///   is missing counts as empty.
  /// \throws StorageError `ConfigInvalid` for a relative folder.
  explicit ProviderRegistry(std::vector<std::filesystem::path> folders);

  /// Loads the plugin of provider `name`, and no other, and makes a provider with it; see
  /// `createGuarded` for what the handle promises.
  /// \param log must outlive the provider and all its streams.
  /// \throws StorageError `ConfigInvalid` where no such plugin is found, it is refused, or it does
  ///   not know a key of `settings`; else what its factory reports.
  std::shared_ptr<IStorageProvider> open(std::string_view name, const Settings& settings,
                                         ILogSink& log) const;

  /// The settings that provider `name` knows. Loads its plugin; the table lives as long as the
  /// process.
  /// \throws StorageError `ConfigInvalid` where no such plugin is found or it is refused.
  std::span<const SettingSpec> settingsOf(std::string_view name) const;

  /// The names of the providers that have a plugin file, each once. Loads none.
  std::vector<std::string> names() const;

  /// Loads every plugin there is, and tells what was found, in search order.
  std::vector<PluginReport> report(ILogSink& log) const;

 private:
  std::vector<std::filesystem::path> candidates() const;
  const PluginDescriptor& load(std::string_view name) const;

  std::vector<std::filesystem::path> folders_;
};

}  // namespace mediadock
