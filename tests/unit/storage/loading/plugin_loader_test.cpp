#include "storage/loading/plugin_loader.h"

#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::filesystem::path testPlugin(const std::string& name) {
  return std::filesystem::path(MEDIADOCK_TEST_PLUGINS) / ("libmediadock_" + name + ".so");
}

std::string refusalOf(const std::filesystem::path& file) {
  try {
    loadPlugin(file);
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), HasSubstr(file.string()));
    return error.what();
  }
  return "";
}

std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path makePlugin(const TempDirectory& folder, const std::string& bytes) {
  std::filesystem::path file = folder.path() / "libmediadock_memory.so";
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

// P01
TEST(LoadPlugin, GivesTheDescriptorOfAPluginThatFits) {
  const PluginDescriptor& plugin = loadPlugin(testPlugin("memory"));

  EXPECT_STREQ(plugin.name, "memory");
  EXPECT_STREQ(plugin.version, MEDIADOCK_VERSION);
  EXPECT_EQ(plugin.abiMajor, kPluginAbiMajor);
}

TEST(LoadPlugin, GivesTheSameDescriptorAgain) {
  EXPECT_EQ(&loadPlugin(testPlugin("memory")), &loadPlugin(testPlugin("memory")));
}

struct Misfit {
  std::string name;
  std::string expected;
  std::string found;
};

void PrintTo(const Misfit& misfit, std::ostream* out) {
  *out << misfit.name;
}

class LoadPluginMisfit : public testing::TestWithParam<Misfit> {};

// P02, P03
TEST_P(LoadPluginMisfit, IsRefusedWithWhatWasExpectedAndFound) {
  const auto& [name, expected, found] = GetParam();

  EXPECT_THAT(refusalOf(testPlugin(name)), AllOf(HasSubstr(expected), HasSubstr(found)));
}

INSTANTIATE_TEST_SUITE_P(
    LoadPlugin, LoadPluginMisfit,
    testing::Values(
        Misfit{"no_descriptor", "the symbol mediadock_plugin_descriptor", "a library without it"},
        Misfit{"wrong_magic", "the magic number 0x4d444f434b504c47", "found 0x7"},
        Misfit{"wrong_size", "a descriptor of " + std::to_string(sizeof(PluginDescriptor)),
               "found 8"},
        Misfit{"wrong_major", "plugin ABI " + std::to_string(kPluginAbiMajor),
               "found " + std::to_string(kPluginAbiMajor + 1)},
        Misfit{"newer_minor", "plugin ABI of at most 6.0", "found 6.1"},
        Misfit{"other_build", "a build with '" MEDIADOCK_BUILD_FINGERPRINT "'", "found 'gcc 1'"},
        Misfit{"other_name", "the provider name 'other_name'", "found 'somebody_else'"},
        Misfit{"null_factory", "version, create, destroy", "one with a null in it"},
        Misfit{"missing_symbol", "a library that can be loaded", "functionThatNobodyHas"}),
    [](const auto& tested) { return tested.param.name; });

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// The dynamic linker keeps such a library, and takes it for a good one the second time. A
// sanitizer's linker lets no exception through.
TEST(LoadPlugin, RefusesALibraryWhoseInitialiserThrowsEachTime) {
  const std::string refusal = refusalOf(testPlugin("throwing_load"));

  EXPECT_THAT(refusal, HasSubstr("initialiser threw on purpose"));
  EXPECT_EQ(refusalOf(testPlugin("throwing_load")), refusal);
}
#endif

// P04
TEST(LoadPlugin, RefusesATextFile) {
  const TempDirectory folder;

  EXPECT_THAT(refusalOf(makePlugin(folder, "This is no library, whatever its name says.\n")),
              HasSubstr("expected an ELF library, found a file of another kind"));
}

TEST(LoadPlugin, RefusesAnEmptyFile) {
  const TempDirectory folder;

  EXPECT_THAT(refusalOf(makePlugin(folder, "")),
              HasSubstr("expected an ELF library, found an empty file"));
}

TEST(LoadPlugin, RefusesALibraryThatIsCutOffWithinItsHeader) {
  const TempDirectory folder;

  EXPECT_THAT(refusalOf(makePlugin(folder, bytesOf(testPlugin("memory")).substr(0, 20))),
              HasSubstr("found one of 20"));
}

// The dynamic linker would map what is not there, and the process would end with SIGBUS.
TEST(LoadPlugin, RefusesALibraryThatIsCutOffWithinItsCode) {
  const TempDirectory folder;

  EXPECT_THAT(refusalOf(makePlugin(folder, bytesOf(testPlugin("memory")).substr(0, 5000))),
              HasSubstr("found one of 5000"));
}

TEST(LoadPlugin, RefusesALibraryOfAnotherMachine) {
  const TempDirectory folder;
  std::string bytes = bytesOf(testPlugin("memory"));
  constexpr std::size_t kMachineOffset = 18;
  constexpr char kSparc = 2;
  bytes.at(kMachineOffset) = kSparc;

  EXPECT_THAT(refusalOf(makePlugin(folder, bytes)), HasSubstr("found one for machine"));
}

TEST(LoadPlugin, RefusesAnObjectFile) {
  const TempDirectory folder;
  std::string bytes = bytesOf(testPlugin("memory"));
  constexpr std::size_t kTypeOffset = 16;
  constexpr char kRelocatable = 1;
  bytes.at(kTypeOffset) = kRelocatable;

  EXPECT_THAT(refusalOf(makePlugin(folder, bytes)), HasSubstr("expected a shared library"));
}

TEST(LoadPlugin, RefusesAMissingFile) {
  EXPECT_THAT(refusalOf(testPlugin("nobody")), HasSubstr("No such file"));
}

}  // namespace
}  // namespace mediadock::storage
