#include "storage/boundary/answer_checks.h"
#include "storage/boundary/child_check.h"
#include "storage/boundary/fault_boundary_streams.h"
#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/storage/boundary/plain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fcntl.h>
#include <functional>
#include <string>
#include <unistd.h>
#include <vector>

namespace mediadock::storage {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const StoragePath kFolder = StoragePath::parse("folder");
constexpr std::string_view kBytes = "0123456789";

std::shared_ptr<IStorageProvider> openLying(const std::string& lie,
                                            const std::string& etags = "true") {
  static SilentLog log;
  static const ProviderRegistry registry({MEDIADOCK_TEST_PLUGINS});
  return registry.open("lying", Settings({{"lie", lie}, {"etags", etags}}), log);
}

std::string readAll(IReadStream& stream) {
  std::string text;
  for (std::array<char, 4> room{};;) {
    const std::size_t got = stream.read(std::as_writable_bytes(std::span(room)));
    if (got == 0) {
      return text;
    }
    text.append(room.data(), got);
  }
}

/// An empty pipe.
struct Pipe {
  Pipe() { EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK), 0); }

  ~Pipe() {
    ::close(ends[0]);
    ::close(ends[1]);
  }

  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  Pipe(Pipe&&) = delete;
  Pipe& operator=(Pipe&&) = delete;

  std::array<int, 2> ends{};
};

std::vector<Entry> listAll(IStorageProvider& provider) {
  std::vector<Entry> all;
  std::vector<Entry> some;
  const auto stream = provider.openList(kFolder, kContext);
  for (bool hasMore = true; hasMore;) {
    hasMore = stream->next(some, CallContext::Clock::time_point::max());
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

std::unique_ptr<IWriteStream> written(IStorageProvider& provider) {
  auto stream = provider.openWrite({.path = kFile}, {}, kContext);
  stream->write(std::as_bytes(std::span("other bytes", 11)));
  return stream;
}

using Provider = IStorageProvider;

void read(Provider& provider) {
  readAll(*provider.openRead(kFile, {}, kContext));
}

void readPart(Provider& provider) {
  readAll(*provider.openRead(kFile, {.range = ByteRange{.first = 2, .last = 4}}, kContext));
}

void splice(Provider& provider) {
  const Pipe pipe;
  provider.openRead(kFile, {}, kContext)->splice(pipe.ends[1], 64);
}

void file(Provider& provider) {
  static_cast<void>(provider.openRead(kFile, {}, kContext)->file());
}

void stat(Provider& provider) {
  provider.stat(kFile, kContext);
}

void list(Provider& provider) {
  listAll(provider);
}

void page(Provider& provider) {
  provider.list(kFolder, {.token = "again"}, kContext);
}

void commit(Provider& provider) {
  written(provider)->commit();
}

void suspend(Provider& provider) {
  written(provider)->suspend();
}

void copy(Provider& provider) {
  provider.copy(kFile, StoragePath::parse("copy"), Overwrite::Never, kContext);
}

void move(Provider& provider) {
  provider.move(kFile, StoragePath::parse("moved"), Overwrite::Never, kContext);
}

void preview(Provider& provider) {
  provider.openPreview(kFile, {}, kContext);
}

void quota(Provider& provider) {
  provider.quota(kContext);
}

void capabilities(Provider& provider) {
  static_cast<void>(provider.capabilities());
}

struct Lie {
  std::string what;
  void (*call)(Provider&);
  std::string operation;
  StorageErrc code = StorageErrc::Internal;
};

void PrintTo(const Lie& lie, std::ostream* out) {
  *out << lie.what << ", in " << lie.operation;
}

class ALyingPlugin : public testing::TestWithParam<Lie> {};

TEST_P(ALyingPlugin, IsAnErrorThatNamesPluginAndCall) {
  const auto& [what, call, operation, code] = GetParam();
  const auto provider = openLying(what);

  const StorageFailure failure = failureOf([&, tell = call] { tell(*provider); });

  EXPECT_EQ(failure.code, code);
  EXPECT_EQ(failure.operation, operation);
  EXPECT_THAT(failure.message, HasSubstr("plugin 'lying' failed in " + operation));
}

TEST_P(ALyingPlugin, IsAllowedToTellTheTruth) {
  const auto provider = openLying("");

  EXPECT_NO_THROW(GetParam().call(*provider));
}

INSTANTIATE_TEST_SUITE_P(
    Read, ALyingPlugin,
    testing::Values(Lie{"minus one bytes read", read, "read"},
                    Lie{"minus one bytes read", readPart, "read"},
                    Lie{"one byte more read than there is room", read, "read"},
                    Lie{"bytes behind the end", read, "read"},
                    Lie{"an early end", read, "read", StorageErrc::Truncated},
                    Lie{"minus one bytes spliced", splice, "splice"},
                    Lie{"more spliced than moved", splice, "splice"},
                    Lie{"fewer spliced than moved", splice, "splice"},
                    Lie{"nothing spliced but moved", splice, "splice"},
                    Lie{"no file", file, "file"}, Lie{"a file that is not open", file, "file"},
                    Lie{"write-only file", file, "file"},
                    Lie{"a region behind the file's end", file, "file", StorageErrc::Truncated},
                    Lie{"a region that begins before the file", file, "file"},
                    Lie{"a region longer than the stream", file, "file"},
                    Lie{"a region without end", file, "file"}));

INSTANTIATE_TEST_SUITE_P(Info, ALyingPlugin,
                         testing::Values(Lie{"a stream of another file", read, "info"},
                                         Lie{"a stream of another file", preview, "info"},
                                         Lie{"a stream of a directory", read, "info"},
                                         Lie{"a stream longer than its file", read, "info"},
                                         Lie{"a stream longer than its file", preview, "info"},
                                         Lie{"a stream that begins elsewhere", read, "info"},
                                         Lie{"a stream that begins elsewhere", readPart, "info"},
                                         Lie{"a stream of minus one bytes", read, "info"},
                                         Lie{"a stream of a part", read, "info"},
                                         Lie{"a stream of a part", readPart, "info"},
                                         Lie{"the whole for a part", readPart, "info"}));

INSTANTIATE_TEST_SUITE_P(
    Entry, ALyingPlugin,
    testing::Values(
        Lie{"another file", stat, "stat"}, Lie{"a kind that is none", stat, "stat"},
        Lie{"a kind that is none", list, "list"}, Lie{"a size of minus one", stat, "stat"},
        Lie{"a size of minus one", list, "list"}, Lie{"an etag with a line break", stat, "stat"},
        Lie{"an etag with a line break", list, "list"}, Lie{"an etag without end", stat, "stat"},
        Lie{"a file id that is not text", stat, "stat"}, Lie{"a copy elsewhere", copy, "copy"},
        Lie{"a move elsewhere", move, "move"}, Lie{"a code that is none", stat, "stat"}));

INSTANTIATE_TEST_SUITE_P(List, ALyingPlugin,
                         testing::Values(Lie{"the same token again", list, "list"},
                                         Lie{"the same token again", page, "list"},
                                         Lie{"two tokens in turn", list, "list"},
                                         Lie{"pages without end", list, "list"},
                                         Lie{"a token without end", list, "list"},
                                         Lie{"a token without end", page, "list"},
                                         Lie{"a child of another folder", list, "list"},
                                         Lie{"a child of another folder", page, "list"},
                                         Lie{"a grandchild", list, "list"},
                                         Lie{"the folder itself", list, "list"},
                                         Lie{"a page that is too long", page, "list"}));

INSTANTIATE_TEST_SUITE_P(Write, ALyingPlugin,
                         testing::Values(Lie{"a commit of another size", commit, "commit"},
                                         Lie{"a commit elsewhere", commit, "commit"},
                                         Lie{"a commit of a directory", commit, "commit"},
                                         Lie{"half of it committed", commit, "commit"},
                                         Lie{"a commit without size or file", commit, "commit"},
                                         Lie{"a token that is empty", suspend, "suspend"},
                                         Lie{"a token that is not text", suspend, "suspend"},
                                         Lie{"a token without end", suspend, "suspend"}));

INSTANTIATE_TEST_SUITE_P(Storage, ALyingPlugin,
                         testing::Values(Lie{"room without end", quota, "quota"},
                                         Lie{"names of three bytes", capabilities, "capabilities"},
                                         Lie{"objects of any size", capabilities, "capabilities"}));

TEST(LyingPlugin, CommittingNothingLeavesTheOutcomeOpen) {
  const auto provider = openLying("a commit of nothing");
  const auto writer = provider->openWrite({.path = StoragePath::parse("new")}, {}, kContext);

  const StorageFailure failure = failureOf([&] { writer->commit(); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_THAT(failure.message, HasSubstr("a file that is not there"));
}

TEST(LyingPlugin, IsLookedAfterAtEachCommitUntilOneHolds) {
  const auto provider = openLying("a commit of nothing");

  for (const char* name : {"one", "two", "three"}) {
    const auto writer = provider->openWrite({.path = StoragePath::parse(name)}, {}, kContext);
    EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::Internal));
  }
}

TEST(LyingPlugin, IsLookedAfterAtEachCommitWithoutAnEtag) {
  const auto provider = openLying("half of it committed", "false");

  for (int i = 0; i < 2; ++i) {
    EXPECT_THAT([&] { commit(*provider); }, ThrowsStorageError(StorageErrc::Internal));
  }
}

TEST(LyingPlugin, GetsItsChildOnceWhereItTellsOfItTwice) {
  EXPECT_THAT(listAll(*openLying("a child twice")), SizeIs(1));
}

TEST(LyingPlugin, HasNoTimeAndNoTypeWhereTheyCannotBe) {
  const auto hasNoTime = openLying("a time that is none")->stat(kFile, kContext);
  const auto hasNoType = openLying("a media type with a line break")->stat(kFile, kContext);

  ASSERT_TRUE(hasNoTime && hasNoType);
  EXPECT_EQ(hasNoTime->modifiedAt, std::nullopt);
  EXPECT_EQ(hasNoType->contentType, "");
}

TEST(LyingPlugin, LosesTheNamesThatAreNotText) {
  EXPECT_THAT(openLying("names that are not text")->capabilities().forbiddenNames,
              ElementsAre("aux"));
}

TEST(LyingPlugin, HasItsMessageCut) {
  const auto provider = openLying("a message without end");

  const StorageFailure failure = failureOf([&] { provider->stat(kFile, kContext); });

  EXPECT_EQ(failure.code, StorageErrc::Conflict);
  EXPECT_THAT(failure.message, SizeIs(kMostMessageBytes));
}

TEST(LyingPlugin, KeepsNobodyWaitingForEver) {
  const auto provider = openLying("a wait until the end of time");

  EXPECT_EQ(failureOf([&] { provider->stat(kFile, kContext); }).retryAfter, std::nullopt);
}

}  // namespace
}  // namespace mediadock::storage
