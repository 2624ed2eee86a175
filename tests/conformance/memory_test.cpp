// The memory plugin with all abilities and with none proves the suite; without those that the host
// makes up for it proves that.

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

/// What one storage call decides among concurrent writers stays: nobody makes up for that.
ProviderUnderTest completedMemory() {
  auto tested = memory("Completed",
                       "range_read,conditional_read,file_id,write_if_match,remove_if_match,"
                       "remove_recursive,make_directory,copy,move");
  tested.isCompleted = true;
  return tested;
}

INSTANTIATE_TEST_SUITE_P(Memory, ProviderConformance,
                         testing::Values(memory("AllAbilities", ""), memory("NoAbilities", "all"),
                                         completedMemory()),
                         nameOfProviderUnderTest);

}  // namespace
}  // namespace mediadock
