#include "app/host_setup.h"

#include <chrono>
#include <utility>

namespace mediadock::app {

HostSetup setUpHost(const ConfigInput& input, PluginCare care) {
  const ConfigLayers layers = readLayers(input);
  Config config = readConfig(layers);
  storage::ProviderRegistry registry(config.pluginPath);
  if (care == PluginCare::Probe) {
    registry.probe(config.providerName);
  }
  const auto specs = registry.settingsOf(config.providerName);
  Settings section = readProviderSection(layers, config.providerName, specs, registry.names());
  Redactor redactor = redactorFor(config, section, specs);
  return {std::move(config), std::move(registry), std::move(section), std::move(redactor)};
}

CallContext startContext() {
  constexpr std::chrono::seconds kTimeout{30};
  CallContext context;
  context.deadline = CallContext::Clock::now() + kTimeout;
  context.requestId = "start";
  return context;
}

}  // namespace mediadock::app
