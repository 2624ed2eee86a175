#include "app/commands/commands.h"
#include "app/config/config.h"
#include "app/logging.h"
#include "storage/loading/provider_registry.h"

namespace mediadock::app {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

std::string abilitiesOf(const storage::PluginReport& plugin) {
  if (!plugin.note.empty()) {
    return "not known (" + plugin.note + ")";
  }
  return plugin.abilities.empty() ? "what its server can; mediadock check asks it"
                                  : joined(plugin.abilities);
}

void show(const storage::PluginReport& plugin, Console& console) {
  if (!plugin.refusal.empty()) {
    console.print(plugin.name + ": refused");
    console.print("  " + plugin.refusal);
    return;
  }
  console.print(plugin.name + " " + plugin.version + ", ABI " + plugin.abi);
  console.print("  path: " + plugin.path.string());
  console.print("  can: " + abilitiesOf(plugin));
}

}  // namespace

ExitCode showProviders(const ConfigInput& input, Console& console) {
  const Config config = readConfig(readLayers(input));
  startLogging(config.log, {});
  ProviderLog log("probe");
  const auto plugins = storage::ProviderRegistry(config.pluginPath).report(log);
  for (const storage::PluginReport& plugin : plugins) {
    show(plugin, console);
  }
  if (plugins.empty()) {
    console.print("no plugins found in:");
    for (const auto& folder : config.pluginPath) {
      console.print("  " + folder.string());
    }
  }
  return ExitCode::Done;
}

}  // namespace mediadock::app
