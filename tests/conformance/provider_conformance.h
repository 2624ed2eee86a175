#pragma once

/// \file
/// What every provider must do, as tests that run on any plugin through the host's own loader.
///
/// A test's name ends in the row of the provider rules that it stands for (`…_W08`). To hold a
/// plugin against the suite, say where it is and how it is set up; see `README.md` here.

#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// A set-up that cannot work.
struct BrokenSetUp {
  std::string what;
  /// What to change in the settings of storage `main`.
  Settings::Values changes;
  /// The code that opening or checking owes for it.
  StorageErrc code = StorageErrc::Internal;
};

/// One plugin in one set-up.
struct ProviderUnderTest {
  /// Names the set-up among the tests; letters and digits.
  std::string name;
  /// The built library, `libmediadock_NAME.so`.
  std::filesystem::path plugin;
  /// The settings of a storage named `storage`: another one for each name, and the same one when a
  /// name comes again in this process.
  std::function<Settings(const std::string& storage)> settings;
  /// What can be wrong with the settings, each with a code of its own.
  std::function<std::vector<BrokenSetUp>()> brokenSetUps = [] {
    return std::vector<BrokenSetUp>();
  };
  /// How many files the test of long listings makes.
  std::size_t manyFiles = 1100;
  /// Makes `count` small files in `folder` of storage `main`, faster than the provider would. By
  /// default the provider makes them.
  std::function<void(const StoragePath& folder, std::size_t count)> fill;
  /// The size of the file that must pass through constant memory.
  std::uint64_t largeFileBytes = 100U << 20U;
  /// The storage's content lives in the memory of this process, which thus grows by what is
  /// written.
  bool keepsContentInProcess = false;
  /// Behind what makes up for abilities that the storage lacks: it is held to those, too.
  bool isCompleted = false;
};

void PrintTo(const ProviderUnderTest& tested, std::ostream* out);

/// For `INSTANTIATE_TEST_SUITE_P`.
std::string nameOfProviderUnderTest(const testing::TestParamInfo<ProviderUnderTest>& info);

/// Opens the provider and works in a folder of the test's own, which is removed in the end.
class ProviderConformance : public testing::TestWithParam<ProviderUnderTest> {
 protected:
  using Relocate = Entry (IStorageProvider::*)(const StoragePath&, const StoragePath&, Overwrite,
                                               const CallContext&);

  void SetUp() override;
  void TearDown() override;

  /// Another provider of the same plugin, for the storage named `storage`, with `more` settings or
  /// other ones.
  std::shared_ptr<IStorageProvider> open(const std::string& storage,
                                         const Settings::Values& more = {});

  IStorageProvider& provider() { return *provider_; }

  const Capabilities& can() const { return can_; }

  /// The context of a call that may take long, but not for ever.
  static CallContext context();

  /// `relative` within this test's folder; the folder itself for "".
  StoragePath in(std::string_view relative) const;

  /// Writes a whole file of announced size.
  Entry put(const StoragePath& path, std::string_view content);
  /// Writes with conditions or options of the test's own; the size is announced.
  Entry put(const WriteTarget& target, std::string_view content, WriteOptions options = {});
  /// Opens a file for writing `size` bytes.
  std::unique_ptr<IWriteStream> openWrite(const StoragePath& path, std::uint64_t size);
  std::string get(const StoragePath& path, const ReadOptions& options = {});
  bool exists(const StoragePath& path);
  /// What stands at `path`; fails the test where nothing does.
  Entry statOf(const StoragePath& path);
  std::vector<Entry> entriesOf(const StoragePath& path, std::size_t pageSize = 1000);
  std::vector<std::string> namesIn(const StoragePath& path, std::size_t pageSize = 1000);

  /// True where the storage has the ability. Where not, `call` must answer `Unsupported`, and
  /// there is nothing more to test.
  bool able(bool ability, const std::function<void()>& call);

  /// Holds each name, in a folder that has no others, against the promise: what the capabilities
  /// forbid is refused, all else is listed and read under exactly this name.
  void expectKept(const std::vector<std::string>& names);

  /// As `able`, for going on with suspended writes.
  bool canResume();
  /// Writes the beginning of a file of `size` bytes, and gives the token to go on with.
  std::string suspendedWrite(const StoragePath& path, std::string_view beginning,
                             std::uint64_t size);
  /// Goes on in another provider of the same storage, as after a restart; in this one where the
  /// content would be gone with it.
  std::unique_ptr<IWriteStream> resume(const std::string& token, const WriteTarget& target,
                                       std::optional<std::uint64_t> size);

  /// `copy` or `move` from one place in the test's folder to another.
  Entry relocate(Relocate operation, std::string_view from, std::string_view to,
                 Overwrite overwrite = Overwrite::Never);
  /// As `able`, for `copy` or `move`.
  bool ableTo(Relocate operation);
  void expectMissingSourceIsNotFound(Relocate operation);
  void expectOverwriteIsObeyed(Relocate operation);
  void expectDirectoryIsNotReplaced(Relocate operation);
  void expectOntoItselfIsRefused(Relocate operation);
  void expectMissingParentIsNotFound(Relocate operation);

 private:
  bool isForbidden(std::string_view name) const;

  SilentLog log_;
  std::unique_ptr<storage::ProviderRegistry> registry_;
  std::shared_ptr<IStorageProvider> provider_;
  /// Opened by the first `resume`.
  std::shared_ptr<IStorageProvider> next_;
  Capabilities can_;
  StoragePath folder_;
};

/// Bytes that differ with `seed` and with their place.
std::string patternOf(std::size_t size, unsigned seed = 1);

/// All bytes that `stream` still has.
std::string readAll(IReadStream& stream);

void write(IWriteStream& stream, std::string_view content);

}  // namespace mediadock
