// The suite on the local disk.

#include "conformance/provider_conformance.h"
#include "support/temp_directory.h"

#include <fstream>

namespace mediadock {
namespace {

std::filesystem::path folderOf(const std::string& storage) {
  static const TempDirectory folder;
  return folder.path() / storage;
}

/// One file under many names, which takes a fraction of the time that many files take.
void makeFiles(const StoragePath& folder, std::size_t count) {
  const std::filesystem::path directory = folderOf("main") / folder.str();
  std::filesystem::create_directories(directory);
  std::ofstream(directory / "file0") << "content";
  for (std::size_t i = 1; i < count; ++i) {
    std::filesystem::create_hard_link(directory / "file0",
                                      directory / ("file" + std::to_string(i)));
  }
}

std::vector<BrokenSetUp> brokenFolders() {
  const auto file = folderOf("file");
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << "no folder";
  return {{.what = "a file in place of the folder",
           .changes = {{"root", file.string()}},
           .code = StorageErrc::NotADirectory},
          {.what = "a folder that nobody may make",
           .changes = {{"root", "/sys/mediadock"}},
           .code = StorageErrc::PermissionDenied}};
}

ProviderUnderTest localDisk() {
  return {.name = "LocalDisk",
          .plugin = MEDIADOCK_PLUGIN_FILE,
          .settings =
              [](const std::string& storage) {
                return Settings({{"root", folderOf(storage).string()}});
              },
          .brokenSetUps = brokenFolders,
          .manyFiles = 10000,
          .fill = makeFiles};
}

INSTANTIATE_TEST_SUITE_P(LocalDisk, ProviderConformance, testing::Values(localDisk()),
                         nameOfProviderUnderTest);

}  // namespace
}  // namespace mediadock
