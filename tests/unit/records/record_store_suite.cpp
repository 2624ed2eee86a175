#include "unit/records/record_store_suite.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

#include <array>
#include <chrono>
#include <thread>

namespace mediadock::records {

MediaRecord recordAt(const std::string& path) {
  const auto parsed = StoragePath::parse(path);
  return {.id = "id of " + path,
          .customerId = "C-17",
          .orderId = "O-4",
          .type = MediaType::Photo,
          .filename = std::string(parsed.name()),
          .path = parsed,
          .mimeType = "image/jpeg",
          .size = 5'000'000'000,
          .etag = ETag{.value = "v1"},
          .sha256 = std::string(64, 'a'),
          .direction = Direction::Received,
          .tags = {"front", "side"},
          .uploadedBy = "eleni",
          .createdAt = Timestamp(std::chrono::microseconds(1'700'000'000'123'456))};
}

std::vector<std::string> readyPaths(IRecordStore& store) {
  std::vector<std::string> paths;
  for (const auto& record : store.findUnder(StoragePath(), 100, {}, 10000)) {
    paths.push_back(record.path.str());
  }
  return paths;
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> paths(const std::vector<MediaRecord>& records) {
  std::vector<std::string> result;
  for (const auto& record : records) {
    result.push_back(record.path.str());
  }
  return result;
}

void insertAll(IRecordStore& store, std::initializer_list<const char*> paths) {
  for (const auto* path : paths) {
    store.insert(recordAt(path));
  }
}

TEST_P(RecordStoreSuite, GivesBackEveryFieldOfARecord) {
  const auto record = recordAt("05_Customers/ACME/Φωτό №1 50% #2.png");

  store->insert(record);

  EXPECT_EQ(store->find(record.id), record);
  EXPECT_EQ(store->findAt(record.path), record);
}

TEST_P(RecordStoreSuite, GivesBackARecordOfWhichLittleIsKnown) {
  const MediaRecord record{.id = "1", .filename = "a", .path = StoragePath::parse("a")};

  store->insert(record);

  EXPECT_EQ(store->find("1"), record);
}

TEST_P(RecordStoreSuite, X72KeepsTextThatLooksLikeSql) {
  auto record = recordAt("'); DROP TABLE crm_media;--");
  record.customerId = "x' OR '1'='1";
  record.tags = {R"(a"b)", R"(back\slash)", "new\nline", "Ελλάδα 😀", "", "$1 ? :name %s"};

  store->insert(record);

  EXPECT_EQ(store->findAt(record.path), record);
  EXPECT_EQ(store->find("' OR '1'='1"), std::nullopt);
  EXPECT_THAT(store->query({.customerId = record.customerId}), ElementsAre(record));
}

TEST_P(RecordStoreSuite, KeepsAWeakEtag) {
  auto record = recordAt("a");
  record.etag = ETag{.value = "v\\1", .isWeak = true};

  store->insert(record);

  EXPECT_EQ(store->find(record.id)->etag, record.etag);
}

TEST_P(RecordStoreSuite, KeepsRecordsForTheNextHost) {
  store->insert(recordAt("a"));

  store = database->open();

  EXPECT_EQ(store->find(recordAt("a").id), recordAt("a"));
}

TEST_P(RecordStoreSuite, RefusesASecondRecordOfOnePath) {
  auto second = recordAt("a");
  second.id = "other";
  store->insert(recordAt("a"));

  EXPECT_THAT([&] { store->insert(second); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(store->findAt(second.path), recordAt("a"));
}

TEST_P(RecordStoreSuite, TellsPathsApartByteForByte) {
  insertAll(*store, {"A.jpg", "a.jpg", "a.jpg ", "\u00e9", "e\u0301"});

  EXPECT_EQ(store->findAt(StoragePath::parse("A.JPG")), std::nullopt);
  EXPECT_THAT(readyPaths(*store), ElementsAre("A.jpg", "a.jpg", "a.jpg ", "e\u0301", "\u00e9"));
}

TEST_P(RecordStoreSuite, FindsRecordsUnderAFolderByWholeSegments) {
  insertAll(*store, {"a", "a/1", "a/b/2", "a/b/c/3", "a-b/4", "a0/5", "ab/6", "b/7"});

  EXPECT_THAT(paths(store->findUnder(StoragePath::parse("a"), 1, {}, 100)), ElementsAre("a/1"));
  EXPECT_THAT(paths(store->findUnder(StoragePath::parse("a"), 2, {}, 100)),
              ElementsAre("a/1", "a/b/2"));
  EXPECT_THAT(paths(store->findUnder(StoragePath::parse("a"), 3, {}, 100)),
              ElementsAre("a/1", "a/b/2", "a/b/c/3"));
}

TEST_P(RecordStoreSuite, FindsRecordsUnderAFolderPageByPage) {
  insertAll(*store, {"a/1", "a/2", "a/3", "a/4", "b/5"});
  const auto folder = StoragePath::parse("a");

  EXPECT_THAT(paths(store->findUnder(folder, 1, {}, 2)), ElementsAre("a/1", "a/2"));
  EXPECT_THAT(paths(store->findUnder(folder, 1, StoragePath::parse("a/2"), 2)),
              ElementsAre("a/3", "a/4"));
  EXPECT_THAT(paths(store->findUnder(folder, 1, StoragePath::parse("a/4"), 2)), IsEmpty());
}

TEST_P(RecordStoreSuite, FindsTheRecordsAtManyPaths) {
  insertAll(*store, {"a", "b/1", "b/2", "c"});

  EXPECT_THAT(paths(store->findAllAt({StoragePath::parse("b/2"), StoragePath::parse("none"),
                                      StoragePath::parse("a")})),
              UnorderedElementsAre("a", "b/2"));
  EXPECT_THAT(store->findAllAt({}), IsEmpty());
}

TEST_P(RecordStoreSuite, X71TakesWildcardsInAFolderNameLiterally) {
  insertAll(*store, {"50%/1", "50 per cent/2", "a_b/3", "axb/4"});

  EXPECT_THAT(paths(store->findUnder(StoragePath::parse("50%"), 1, {}, 100)), ElementsAre("50%/1"));
  EXPECT_THAT(paths(store->findUnder(StoragePath::parse("a_b"), 1, {}, 100)), ElementsAre("a_b/3"));
}

TEST_P(RecordStoreSuite, FindsRecordsUnderTheRoot) {
  insertAll(*store, {"1", "a/2", "a/b/3"});

  EXPECT_THAT(paths(store->findUnder(StoragePath(), 1, {}, 100)), ElementsAre("1"));
  EXPECT_THAT(paths(store->findUnder(StoragePath(), 2, {}, 100)), ElementsAre("1", "a/2"));
}

TEST_P(RecordStoreSuite, QueriesByEachField) {
  auto other = recordAt("b/1");
  other.customerId = "C-99";
  other.orderId = "O-9";
  other.direction = Direction::Sent;
  store->insert(recordAt("a/1"));
  store->insert(other);

  EXPECT_THAT(store->query({.customerId = "C-99"}), ElementsAre(other));
  EXPECT_THAT(store->query({.orderId = "O-9"}), ElementsAre(other));
  EXPECT_THAT(store->query({.direction = Direction::Sent}), ElementsAre(other));
  EXPECT_THAT(store->query({.pathPrefix = StoragePath::parse("b")}), ElementsAre(other));
  EXPECT_THAT(store->query({.customerId = "C-99", .orderId = "O-4"}), IsEmpty());
}

TEST_P(RecordStoreSuite, CountsTheFileItselfToAPathPrefix) {
  insertAll(*store, {"a", "ab"});

  EXPECT_THAT(paths(store->query({.pathPrefix = StoragePath::parse("a")})), ElementsAre("a"));
}

TEST_P(RecordStoreSuite, QueriesWithinSeveralFolders) {
  insertAll(*store, {"a/1", "ab/1", "b", "c/d/1"});
  const auto within = [&](const std::vector<std::string>& folders) {
    RecordQuery query{.folders = {}};
    for (const auto& folder : folders) {
      query.folders.push_back(StoragePath::parse(folder));
    }
    return paths(store->query(query));
  };

  EXPECT_THAT(within({"a", "b"}), UnorderedElementsAre("a/1", "b"));
  EXPECT_THAT(within({"c/d"}), ElementsAre("c/d/1"));
  EXPECT_EQ(within({"a", ""}).size(), 4U);
  EXPECT_THAT(within({}), IsEmpty());
}

TEST_P(RecordStoreSuite, PagesNewestFirstThroughRecordsOfOneInstant) {
  auto newest = recordAt("newest");
  newest.createdAt += std::chrono::microseconds(1);
  insertAll(*store, {"1", "2", "3"});
  store->insert(newest);

  const auto first = store->query({.limit = 2});
  const auto second =
      store->query({.limit = 2, .after = std::pair(first.back().createdAt, first.back().id)});

  EXPECT_THAT(paths(first), ElementsAre("newest", "3"));
  EXPECT_THAT(paths(second), ElementsAre("2", "1"));
}

TEST_P(RecordStoreSuite, ChangesOnlyThePatchedFields) {
  auto expected = recordAt("a");
  expected.customerId = "C-18";
  expected.direction = std::nullopt;
  expected.tags = {};
  store->insert(recordAt("a"));

  const auto updated = store->update(expected.id, {.customerId = "C-18",
                                                   .direction = std::optional<Direction>(),
                                                   .tags = std::vector<std::string>()});

  EXPECT_EQ(updated, expected);
  EXPECT_EQ(store->find(expected.id), expected);
}

TEST_P(RecordStoreSuite, ShowsNoMoreOfARecordThanItMayHold) {
  auto large = recordAt("a");
  large.customerId = large.orderId = large.uploadedBy = std::string(65536, 'c');
  large.etag = ETag{std::string(8000, 'e')};
  large.tags = std::vector<std::string>(50000, "t\"");
  store->insert(large);

  const auto shown = store->find(large.id).value();

  EXPECT_EQ(shown.customerId.size(), MediaRecord::kMaxTextBytes);
  EXPECT_EQ(shown.orderId.size(), MediaRecord::kMaxTextBytes);
  EXPECT_EQ(shown.uploadedBy.size(), MediaRecord::kMaxTextBytes);
  EXPECT_EQ(shown.etag, std::nullopt);
  EXPECT_EQ(shown.tags, std::vector<std::string>(MediaRecord::kMaxTags, "t\""));
  EXPECT_EQ(store->findAt(large.path), shown);
  EXPECT_THAT(store->findAllAt({large.path}), ElementsAre(shown));
  EXPECT_THAT(store->findUnder(StoragePath(), 1, {}, 100), ElementsAre(shown));
  EXPECT_THAT(store->query({.customerId = large.customerId}), ElementsAre(shown));
  EXPECT_THAT(store->query({}), ElementsAre(shown));
}

TEST_P(RecordStoreSuite, ShowsWholeTagsOfThoseThatAreTooLong) {
  auto large = recordAt("a");
  for (const std::string piece : {"\\", "\"", "\u00FC", "],["}) {
    std::string tag;
    while (tag.size() < 300) {
      tag += piece;
    }
    large.tags = std::vector<std::string>(5000, tag);
    large.id = "id of " + piece;
    large.path = StoragePath::parse(std::to_string(tag.size()) + std::to_string(piece.size()) +
                                    std::to_string(static_cast<unsigned char>(piece[0])));
    store->insert(large);

    const auto tags = store->find(large.id).value().tags;
    EXPECT_EQ(tags, std::vector<std::string>(MediaRecord::kMaxTagsBytes / tag.size(), tag));
  }
}

TEST_P(RecordStoreSuite, SaysNotFoundForAnUnknownId) {
  EXPECT_EQ(store->find("x"), std::nullopt);
  EXPECT_THAT([&] { store->update("x", {}); }, ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { store->erase("x"); }, ThrowsStorageError(StorageErrc::NotFound));
}

TEST_P(RecordStoreSuite, ErasesARecord) {
  store->insert(recordAt("a"));

  store->erase(recordAt("a").id);

  EXPECT_THAT(readyPaths(*store), IsEmpty());
}

TEST_P(RecordStoreSuite, ServesManyThreadsAtOnce) {
  constexpr int kThreads = 8;
  {
    std::array<std::jthread, kThreads> threads;
    for (int i = 0; i < kThreads; ++i) {
      threads[static_cast<std::size_t>(i)] = std::jthread([&, i] {
        for (int n = 0; n < 10; ++n) {
          const auto record = recordAt(std::to_string(i) + "/" + std::to_string(n));
          store->insert(record);
          EXPECT_EQ(store->find(record.id), record);
        }
      });
    }
  }

  EXPECT_EQ(readyPaths(*store).size(), kThreads * 10U);
}

TEST_P(RecordStoreSuite, ServesTwoHostsAtOnce) {
  const auto otherHost = database->open();
  {
    const std::jthread thread([&] {
      for (int n = 0; n < 20; ++n) {
        otherHost->insert(recordAt("theirs/" + std::to_string(n)));
      }
    });
    for (int n = 0; n < 20; ++n) {
      store->insert(recordAt("ours/" + std::to_string(n)));
    }
  }

  EXPECT_EQ(readyPaths(*store).size(), 40U);
}

}  // namespace
}  // namespace mediadock::records
