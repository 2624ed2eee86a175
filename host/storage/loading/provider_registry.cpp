#include "storage/loading/provider_registry.h"

#include "storage/boundary/fault_boundary_provider.h"
#include "storage/loading/nearest_word.h"
#include "storage/loading/plugin_file.h"
#include "storage/loading/plugin_loader.h"

#include <algorithm>
#include <map>
#include <set>
#include <system_error>

namespace mediadock::storage {
namespace {

/// For plugins that are only probed.
class NoLog final : public ILogSink {
 public:
  void log(LogLevel /*level*/, std::string_view /*message*/) noexcept override {}
};

[[noreturn]] void misconfigured(const std::string& message) {
  throw StorageError(StorageErrc::ConfigInvalid, message);
}

void refuseUnknownKeys(const PluginDescriptor& plugin, const Settings& settings) {
  std::vector<std::string> known;
  for (const SettingSpec& spec : std::span(plugin.settings, plugin.settingCount)) {
    known.emplace_back(spec.key);
  }
  for (const auto& [key, value] : settings.values()) {
    if (std::ranges::find(known, key) != known.end()) {
      continue;
    }
    const std::string section = std::string("storage.") + plugin.name + ".";
    const auto nearest = nearestWord(key, known);
    misconfigured("unknown setting '" + section + key + "'" +
                  (nearest ? "; the nearest known one is '" + section + *nearest + "'"
                           : "; provider '" + std::string(plugin.name) + "' has no settings"));
  }
}

}  // namespace

std::vector<std::filesystem::path> parsePluginPath(std::string_view text) {
  std::vector<std::filesystem::path> folders;
  while (!text.empty()) {
    const std::string_view folder = text.substr(0, text.find(':'));
    text.remove_prefix(std::min(text.size(), folder.size() + 1));
    if (!folder.empty()) {
      folders.emplace_back(folder);
    }
  }
  return folders;
}

ProviderRegistry::ProviderRegistry(std::vector<std::filesystem::path> folders)
    : folders_(std::move(folders)) {
  for (const auto& folder : folders_) {
    if (!folder.is_absolute()) {
      misconfigured("plugin folder '" + folder.string() + "' must be an absolute path");
    }
  }
}

std::shared_ptr<IStorageProvider> ProviderRegistry::open(std::string_view name,
                                                         const Settings& settings,
                                                         ILogSink& log) const {
  const PluginDescriptor& plugin = loadPlugin(find(name));
  refuseUnknownKeys(plugin, settings);
  return createGuarded(plugin, {.settings = settings, .log = log});
}

std::span<const SettingSpec> ProviderRegistry::settingsOf(std::string_view name) const {
  const PluginDescriptor& plugin = loadPlugin(find(name));
  return {plugin.settings, plugin.settingCount};
}

std::vector<std::string> ProviderRegistry::names() const {
  std::set<std::string> names;
  for (const auto& file : candidates()) {
    names.insert(pluginNameOf(file).value_or(""));
  }
  return {names.begin(), names.end()};
}

std::vector<PluginReport> ProviderRegistry::report(ILogSink& log,
                                                   std::chrono::milliseconds timeout) const {
  std::vector<PluginReport> reports;
  std::map<std::string, std::filesystem::path> winners;
  for (const auto& file : candidates()) {
    const std::string name = pluginNameOf(file).value_or("");
    const auto [winner, isFirst] = winners.emplace(name, file);
    if (isFirst) {
      reports.push_back(probePlugin(file, log, timeout));
      continue;
    }
    reports.push_back({.path = file,
                       .name = name,
                       .refusal = "plugin '" + file.string() + "' is shadowed by '" +
                                  winner->second.string() + "', which is found first"});
  }
  return reports;
}

void ProviderRegistry::probe(std::string_view name) const {
  NoLog log;
  if (const auto report = probePlugin(find(name), log, kProbeTimeout); !report.refusal.empty()) {
    misconfigured(report.refusal);
  }
}

std::vector<std::filesystem::path> ProviderRegistry::candidates() const {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : folders_) {
    std::vector<std::filesystem::path> inFolder;
    std::error_code failure;
    // Stops at once if the folder is missing or cannot be read.
    for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
      if (pluginNameOf(entry->path())) {
        inFolder.push_back(entry->path());
      }
    }
    std::ranges::sort(inFolder);
    files.insert(files.end(), inFolder.begin(), inFolder.end());
  }
  return files;
}

std::filesystem::path ProviderRegistry::find(std::string_view name) const {
  std::string known;
  for (const auto& file : candidates()) {
    const std::string found = pluginNameOf(file).value_or("");
    if (found == name) {
      return file;
    }
    known += (known.empty() ? "" : ", ") + found;
  }
  std::string folders;
  for (const auto& folder : folders_) {
    folders += (folders.empty() ? "'" : ", '") + folder.string() + "'";
  }
  misconfigured("no plugin for provider '" + std::string(name) + "' in " +
                (folders.empty() ? "an empty plugin path" : folders) +
                "; found there: " + (known.empty() ? "none" : known));
}

}  // namespace mediadock::storage
