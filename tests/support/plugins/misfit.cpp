// A plugin whose descriptor deviates from a right one in what the build defines. Its factory is
// null: whoever gets as far as calling it crashes.

#include "mediadock/plugin.h"

#ifndef MISFIT_MAGIC
#define MISFIT_MAGIC mediadock::kPluginMagic
#endif
#ifndef MISFIT_SIZE
#define MISFIT_SIZE sizeof(mediadock::PluginDescriptor)
#endif
#ifndef MISFIT_MAJOR
#define MISFIT_MAJOR mediadock::kPluginAbiMajor
#endif
#ifndef MISFIT_MINOR
#define MISFIT_MINOR mediadock::kPluginAbiMinor
#endif
#ifndef MISFIT_FINGERPRINT
#define MISFIT_FINGERPRINT MEDIADOCK_BUILD_FINGERPRINT
#endif
#ifndef MISFIT_NAME
#define MISFIT_NAME "somebody_else"
#endif

extern "C" __attribute__((visibility("default")))
const mediadock::PluginDescriptor mediadock_plugin_descriptor;
extern "C" const mediadock::PluginDescriptor mediadock_plugin_descriptor = {
    MISFIT_MAGIC, MISFIT_SIZE, MISFIT_MAJOR, MISFIT_MINOR, MISFIT_FINGERPRINT, MISFIT_NAME, "1.0.0",
    nullptr,      0,           nullptr,      nullptr};
