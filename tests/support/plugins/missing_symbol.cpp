// A plugin that needs a function which nobody has.

#include "mediadock/plugin.h"

std::unique_ptr<mediadock::IStorageProvider> functionThatNobodyHas(
    const mediadock::ProviderContext& context);

namespace {
constexpr mediadock::SettingSpec kSettings[] = {{"unused", "", "Not used."}};
}  // namespace

MEDIADOCK_PLUGIN("missing_symbol", "1.0.0", kSettings, functionThatNobodyHas);
