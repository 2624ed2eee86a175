// The memory plugin, once with all abilities and once with none: it proves the suite.

#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

/// The memory plugin without the abilities in `without`.
ProviderUnderTest memory(const std::string& name, const std::string& without) {
  return {.name = name,
          .plugin = MEDIADOCK_PLUGIN_FILE,
          .settings =
              [without](const std::string&) {
                return Settings({{"without", without}});
              },
          .largeFileBytes = 8U << 20U,
          .keepsContentInProcess = true};
}

INSTANTIATE_TEST_SUITE_P(Memory, ProviderConformance,
                         testing::Values(memory("AllAbilities", ""), memory("NoAbilities", "all")),
                         nameOfProviderUnderTest);

}  // namespace
}  // namespace mediadock
