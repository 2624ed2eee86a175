#include "mediadock/plugin.h"

#include "faults/faulty_provider.h"
#include "localdisk_provider.h"
#include "localdisk_settings.h"

#include <memory>
#include <utility>

namespace mediadock::localdisk {
namespace {

std::unique_ptr<IStorageProvider> makeLocalDiskProvider(const ProviderContext& context) {
  auto settings = LocalDiskSettings::parse(context.settings);
  std::unique_ptr<IStorageProvider> provider =
      std::make_unique<LocalDiskProvider>(std::move(settings.root), context.log);
  if (settings.faults.isAny()) {
    provider = std::make_unique<FaultyProvider>(std::move(provider), std::move(settings.faults));
  }
  return provider;
}

}  // namespace
}  // namespace mediadock::localdisk

MEDIADOCK_PLUGIN("localdisk", MEDIADOCK_VERSION, mediadock::localdisk::kLocalDiskSettings,
                 mediadock::localdisk::makeLocalDiskProvider);
