#include "storage/completion/completed_provider.h"

#include "storage/loading/provider_registry.h"
#include "support/silent_log.h"
#include "support/storage_error_matcher.h"
#include "unit/media/interceptors.h"
#include "unit/storage/boundary/plain_call.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace mediadock::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

StoragePath at(std::string_view path) {
  return StoragePath::parse(path);
}

/// A storage in memory that can do next to nothing, completed; what reaches it is counted.
class CompletedProviderTest : public testing::Test {
 protected:
  void put(const std::string& path, const std::string& content = "content") {
    put({.path = at(path)}, content);
  }

  void put(const WriteTarget& target, const std::string& content) {
    const auto stream = provider_->openWrite(target, {.size = content.size()}, kContext);
    stream->write(std::as_bytes(std::span(content)));
    stream->commit();
  }

  std::string get(const std::string& path, const ReadOptions& options = {}) {
    const auto stream = provider_->openRead(at(path), options, kContext);
    std::string content(stream->info().length.value(), '\0');
    std::size_t size = 0;
    while (const auto got =
               stream->read(std::as_writable_bytes(std::span(content).subspan(size)))) {
      size += got;
    }
    content.resize(size);
    return content;
  }

  /// All files, in order.
  std::vector<std::string> files() {
    std::vector<std::string> found;
    collect({}, found);
    std::ranges::sort(found);
    return found;
  }

  /// Fails the `count`th call of `step` and all that follow.
  void failFrom(const std::string& step, int count, StorageErrc code = StorageErrc::Unavailable) {
    interceptor_ = [=, seen = 0](const std::string& current) mutable {
      if (current == step && ++seen >= count) {
        throw StorageError(code, "injected");
      }
    };
  }

  void failOnce(const std::string& step, int count) {
    interceptor_ = [=, seen = 0](const std::string& current) mutable {
      if (current == step && ++seen == count) {
        throw StorageError(StorageErrc::Unavailable, "injected");
      }
    };
  }

  void move(const std::string& from, const std::string& to) {
    provider_->move(at(from), at(to), Overwrite::Never, kContext);
  }

  SilentLog log_;
  ProviderRegistry registry_{{MEDIADOCK_TEST_PLUGINS}};
  std::shared_ptr<IStorageProvider> storage_ = registry_.open(
      "memory",
      Settings(Settings::Values{
          {"without",
           "range_read,conditional_read,write_unknown_size,write_if_absent,write_if_match,"
           "write_retarget,write_modified_at,remove_recursive,remove_if_match,make_directory,"
           "copy,move"}}),
      log_);
  std::function<void(const std::string&)> interceptor_;
  std::shared_ptr<IStorageProvider> provider_ =
      completeProvider(media::intercept(storage_, [this](const std::string& step) {
        if (interceptor_) {
          interceptor_(step);
        }
      }));

 private:
  void collect(const StoragePath& folder, std::vector<std::string>& found) {
    for (const Entry& entry : storage_->list(folder, {}, kContext).entries) {
      if (entry.isDirectory()) {
        collect(entry.path, found);
      } else {
        found.push_back(entry.path.str());
      }
    }
  }
};

TEST_F(CompletedProviderTest, ReadsARangeOfAFileThatIsOnlyReadWhole) {
  const std::string content = std::string(200000, 'a') + "needle" + std::string(200000, 'b');
  put("file", content);

  const auto stream =
      provider_->openRead(at("file"), {.range = ByteRange{.first = 200000, .last = 200005}}, {});

  EXPECT_EQ(stream->info().offset, 200000U);
  EXPECT_EQ(stream->info().length, 6U);
  EXPECT_EQ(stream->info().entry.size, content.size());
  EXPECT_EQ(get("file", {.range = ByteRange{.first = 200000, .last = 200005}}), "needle");
  EXPECT_EQ(get("file", {.range = ByteRange{.last = 3}}), "bbb");
}

TEST_F(CompletedProviderTest, JudgesConditionsOfARead) {
  put("file");
  const auto version = provider_->stat(at("file"), kContext)->etag;
  const ETag other{.value = "other"};

  EXPECT_EQ(get("file", {.ifMatch = version}), "content");
  EXPECT_EQ(get("file", {.ifNoneMatch = other}), "content");
  EXPECT_THAT([&] { get("file", {.ifMatch = other}); },
              ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_THAT([&] { get("file", {.ifNoneMatch = version}); },
              ThrowsStorageError(StorageErrc::NotModified));
}

TEST_F(CompletedProviderTest, JudgesTheTargetAtTheCommit) {
  const auto stream =
      provider_->openWrite({.path = at("file"), .ifAbsent = true}, {.size = 3}, kContext);
  stream->write(std::as_bytes(std::span("new", 3)));
  put("file", "old");

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(get("file"), "old");

  // Only the condition changes, which the storage was never given.
  stream->retarget({.path = at("file")});
  stream->commit();
  EXPECT_EQ(get("file"), "new");
}

TEST_F(CompletedProviderTest, ReplacesAndRemovesOnlyTheVersionAskedFor) {
  put("file", "one");
  const auto first = provider_->stat(at("file"), kContext)->etag;
  put({.path = at("file"), .ifMatch = first}, "two");

  EXPECT_THAT([&] { put({.path = at("file"), .ifMatch = first}, "three"); },
              ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_THAT([&] { provider_->remove(at("file"), {.ifMatch = first}, kContext); },
              ThrowsStorageError(StorageErrc::PreconditionFailed));
  EXPECT_EQ(get("file"), "two");
}

TEST_F(CompletedProviderTest, HandsNoSettingOnThatTheStorageCannotTake) {
  const auto stream =
      provider_->openWrite({.path = at("file"), .ifAbsent = true},
                           {.size = 0, .modifiedAt = Timestamp(std::chrono::hours(1))}, kContext);

  stream->commit();

  EXPECT_THAT(files(), ElementsAre("file"));
}

TEST_F(CompletedProviderTest, RemovesATreeLevelByLevel) {
  for (int i = 0; i < 7; ++i) {
    put("tree/file" + std::to_string(i));
    put("tree/a/b/c/file" + std::to_string(i));
  }
  put("trees/other");

  provider_->remove(at("tree"), {.recursive = true}, kContext);

  EXPECT_THAT(files(), ElementsAre("trees/other"));
  EXPECT_FALSE(provider_->stat(at("tree"), kContext));
}

TEST_F(CompletedProviderTest, RemovesATreeThatShrinksMeanwhile) {
  put("tree/one");
  put("tree/two");
  interceptor_ = [&](const std::string& step) {
    if (step == "after list tree") {
      interceptor_ = nullptr;
      storage_->remove(at("tree/one"), {}, kContext);
    }
  };

  provider_->remove(at("tree"), {.recursive = true}, kContext);

  EXPECT_FALSE(provider_->stat(at("tree"), kContext));
}

TEST_F(CompletedProviderTest, LeavesOfATreeWhatItCouldNotRemove) {
  put("tree/one");
  put("tree/two");
  failFrom("before remove", 3);

  const auto failure =
      failureOf([&] { provider_->remove(at("tree"), {.recursive = true}, kContext); });

  EXPECT_EQ(failure.code, StorageErrc::Unavailable);
  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_THAT(files(), ElementsAre("tree/two"));
}

TEST_F(CompletedProviderTest, MissesWhatIsToBeRemoved) {
  EXPECT_THAT([&] { provider_->remove(at("gone"), {.recursive = true}, kContext); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(CompletedProviderTest, MovesATree) {
  put("from/one", "1");
  put("from/below/two", "2");
  put("from/below/three", "");

  move("from", "to");

  EXPECT_THAT(files(), ElementsAre("to/below/three", "to/below/two", "to/one"));
  EXPECT_EQ(get("to/below/two"), "2");
  EXPECT_FALSE(provider_->stat(at("from"), kContext));
}

TEST_F(CompletedProviderTest, TakesAMoveBackWhoseCopyingFails) {
  put("from/one");
  put("from/two");
  put("from/three");
  failOnce("before commit", 3);

  EXPECT_THAT([&] { move("from", "to"); }, ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_THAT(files(), UnorderedElementsAre("from/one", "from/three", "from/two"));
  EXPECT_FALSE(provider_->stat(at("to"), kContext));
}

TEST_F(CompletedProviderTest, TakesAMoveBackWhoseSourcesCannotBeRemoved) {
  put("from");
  failOnce("before remove", 1);

  EXPECT_THAT([&] { move("from", "to"); }, ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_THAT(files(), ElementsAre("from"));
}

TEST_F(CompletedProviderTest, LosesNothingOfAMoveThatEndsHalfWay) {
  put("from/one");
  put("from/two");
  // The mark of the new folder is the first that is removed.
  failFrom("before remove", 3);

  const auto failure = failureOf([&] { move("from", "to"); });

  EXPECT_EQ(failure.retry, Retry::OutcomeUnknown);
  EXPECT_THAT(failure.message, testing::HasSubstr("copied to 'to'"));
  EXPECT_THAT(files(), ElementsAre("from/two", "to/one", "to/two"));
}

TEST_F(CompletedProviderTest, MovesNoOtherVersionThanItCopied) {
  put("from", "one");
  interceptor_ = [&](const std::string& step) {
    if (step == "after commit") {
      interceptor_ = nullptr;
      put("from", "two");
    }
  };

  EXPECT_THAT([&] { move("from", "to"); }, ThrowsStorageError(StorageErrc::PreconditionFailed));

  EXPECT_THAT(files(), ElementsAre("from"));
  EXPECT_EQ(get("from"), "two");
}

TEST_F(CompletedProviderTest, TakesAMoveBackForACallerThatLeaves) {
  put("from/one");
  put("from/two");
  std::stop_source source;
  interceptor_ = [&](const std::string& step) {
    if (step == "after commit") {
      source.request_stop();
    }
  };

  EXPECT_THAT(
      [&] {
        provider_->move(at("from"), at("to"), Overwrite::Never,
                        {.cancellation = source.get_token()});
      },
      ThrowsStorageError(StorageErrc::Cancelled));

  EXPECT_THAT(files(), ElementsAre("from/one", "from/two"));
}

TEST_F(CompletedProviderTest, MakesAFolderByAFile) {
  EXPECT_TRUE(provider_->makeDirectory(at("a/b"), kContext));
  EXPECT_FALSE(provider_->makeDirectory(at("a/b"), kContext));

  EXPECT_TRUE(provider_->stat(at("a/b"), kContext)->isDirectory());
  EXPECT_THAT(files(), IsEmpty());
}

TEST_F(CompletedProviderTest, MakesNoFolderOverAFile) {
  put("a");

  EXPECT_THAT([&] { provider_->makeDirectory(at("a"), kContext); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
}

TEST(NotAtomic, NamesTheChangesThatTakeSeveralCalls) {
  Capabilities can;
  EXPECT_THAT(notAtomic(can), ElementsAre("write_if_absent", "write_if_match", "remove_recursive",
                                          "remove_if_match", "move"));

  can.writeIfAbsent = can.writeIfMatch = can.removeRecursive = can.removeIfMatch = true;
  can.move = true;
  EXPECT_THAT(notAtomic(can), IsEmpty());
}

}  // namespace
}  // namespace mediadock::storage
