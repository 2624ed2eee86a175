// A plugin that ends its process, or never comes back, where the build defines.

#include "mediadock/plugin.h"

#include <chrono>
#include <cstdlib>
#include <thread>

namespace {

[[maybe_unused]] void hang() {
  for (;;) {
    std::this_thread::sleep_for(std::chrono::hours(1));
  }
}

#ifdef CRASH_AT_LOAD
struct Crasher {
  Crasher() { CRASH_AT_LOAD; }
};

const Crasher kCrasher;
#endif

constexpr mediadock::SettingSpec kSettings[] = {{"unused", "", "Nothing."}};

std::unique_ptr<mediadock::IStorageProvider> makeProvider(
    const mediadock::ProviderContext& /*context*/) {
#ifdef CRASH_IN_FACTORY
  CRASH_IN_FACTORY;
#endif
  return nullptr;
}

}  // namespace

MEDIADOCK_PLUGIN(CRASHING_NAME, "1.0.0", kSettings, makeProvider);
