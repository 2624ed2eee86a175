#include "conformance/provider_conformance.h"

#include <iterator>
#include <set>

namespace mediadock {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::ptrdiff_t threadCount() {
  const std::filesystem::directory_iterator tasks("/proc/self/task");
  return std::distance(begin(tasks), end(tasks));
}

TEST_P(ProviderConformance, RightSettingsPassTheCheck_L01) {
  EXPECT_NO_THROW(provider().check(context()));
}

TEST_P(ProviderConformance, EachFaultOfASetUpHasACodeOfItsOwn_L02_L03) {
  std::set<StorageErrc> codes;
  for (const BrokenSetUp& broken : GetParam().brokenSetUps()) {
    SCOPED_TRACE(broken.what);
    EXPECT_THAT([&] { open("main", broken.changes)->check(context()); },
                ThrowsStorageError(broken.code));
    EXPECT_TRUE(codes.insert(broken.code).second) << "another fault has the same code";
  }
}

TEST_P(ProviderConformance, TwoProvidersWithTwoStoragesShareNothing_L04) {
  const auto other = open("other");
  other->check(context());

  put(in("mine"), "mine");

  EXPECT_EQ(other->stat(in("mine"), context()), std::nullopt);
}

TEST_P(ProviderConformance, EveryCallAfterShutdownIsCancelled_L05) {
  const auto stopped = open("main");
  const StoragePath path = in("file");

  stopped->shutdown();
  stopped->shutdown();

  const auto cancelled = ThrowsStorageError(StorageErrc::Cancelled);
  EXPECT_THAT([&] { stopped->check(context()); }, cancelled);
  EXPECT_THAT([&] { stopped->stat(path, context()); }, cancelled);
  EXPECT_THAT([&] { stopped->list(path, {}, context()); }, cancelled);
  EXPECT_THAT([&] { stopped->openRead(path, {}, context()); }, cancelled);
  EXPECT_THAT([&] { stopped->openWrite({.path = path}, {.size = 1}, context()); }, cancelled);
  EXPECT_THAT([&] { stopped->remove(path, {}, context()); }, cancelled);
}

TEST_P(ProviderConformance, ShutdownEndsOpenStreams_L05) {
  const auto stopped = open("main");
  const std::string content = patternOf(4U << 20U);
  const auto first = stopped->openWrite({.path = in("file")}, {.size = content.size()}, context());
  write(*first, content);
  first->commit();
  const auto reader = stopped->openRead(in("file"), {}, context());
  const auto writer = stopped->openWrite({.path = in("other")}, {.size = 2}, context());
  write(*writer, "1");

  stopped->shutdown();

  EXPECT_THAT([&] { readAll(*reader); }, ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_THAT(
      [&] {
        write(*writer, "2");
        writer->commit();
      },
      ThrowsStorageError(StorageErrc::Cancelled));
  EXPECT_FALSE(exists(in("other")));
}

/// A server within the test's own process has threads that come and go as it likes, but not one for
/// each of many providers.
TEST_P(ProviderConformance, NoThreadStaysBehindADestroyedProvider_L06) {
  constexpr std::ptrdiff_t kProviders = 32;
  const std::ptrdiff_t before = threadCount();

  for (std::ptrdiff_t i = 0; i < kProviders; ++i) {
    const auto shortLived = open("main");
    shortLived->check(context());
    shortLived->shutdown();
  }

  EXPECT_LT(threadCount(), before + kProviders);
}

TEST_P(ProviderConformance, CallsWithoutTheirBitAreUnsupported_L07) {
  put(in("file"), "content");

  able(can().makeDirectory, [&] { provider().makeDirectory(in("folder"), context()); });
  able(can().copy, [&] { provider().copy(in("file"), in("2"), Overwrite::Never, context()); });
  able(can().move, [&] { provider().move(in("file"), in("3"), Overwrite::Never, context()); });
  able(can().quota, [&] { provider().quota(context()); });
  able(can().previews, [&] { provider().openPreview(in("file"), {}, context()); });
  able(can().removeRecursive,
       [&] { provider().remove(in("file"), {.recursive = true}, context()); });

  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, ArgumentsWithoutTheirBitAreRefusedAndNotIgnored_L09) {
  put(in("file"), "content");
  const ETag tag{.value = "anything"};

  able(can().rangeRead, [&] { get(in("file"), {.range = ByteRange{.first = 1}}); });
  able(can().conditionalRead, [&] { get(in("file"), {.ifMatch = tag}); });
  able(can().conditionalRead, [&] { get(in("file"), {.ifNoneMatch = tag}); });
  able(can().writeIfAbsent, [&] { put({.path = in("file"), .ifAbsent = true}, "new"); });
  able(can().writeIfMatch, [&] { put({.path = in("file"), .ifMatch = tag}, "new"); });
  able(can().writeModifiedAt,
       [&] { put({.path = in("file")}, "new", {.modifiedAt = Timestamp()}); });
  able(can().writeUnknownSize, [&] { provider().openWrite({.path = in("file")}, {}, context()); });
  able(can().removeIfMatch, [&] { provider().remove(in("file"), {.ifMatch = tag}, context()); });

  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, TheLongestNameThatIsClaimedWorksAndNoLongerOne_L10) {
  const std::size_t longest = can().maxNameBytes;
  ASSERT_GT(longest, 0U);

  put(in(std::string(longest, 'n')), "content");

  EXPECT_EQ(get(in(std::string(longest, 'n'))), "content");
  EXPECT_THAT([&] { openWrite(in(std::string(longest + 1, 'n')), 1); },
              ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_P(ProviderConformance, TheLongestPathThatIsClaimedWorksAndNoLongerOne_L10) {
  const std::size_t longest = can().maxPathBytes;
  ASSERT_GT(longest, in("").str().size() + 2);
  constexpr std::size_t kSegment = 100;
  std::string text;
  const std::size_t length = longest - in("").str().size() - 1;
  while (text.size() + kSegment + 2 <= length) {
    text += std::string(kSegment, 'd') + "/";
  }
  text.resize(length, 'f');

  put(in(text), "content");

  EXPECT_EQ(get(in(text)), "content");
  EXPECT_THAT([&] { openWrite(in(text + "f"), 1); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST_P(ProviderConformance, AnUnknownSettingIsRefusedByName_L11) {
  try {
    open("main", {{"no_such_key", "1"}});
    FAIL() << "the setting was taken";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("no_such_key"), HasSubstr("the nearest known one")));
  }
}

}  // namespace
}  // namespace mediadock
