// Uploads that are sent again, after all went well, after a failure, and after a crash at any step.

#include "media/uploads/repeatable_upload.h"

#include "media/rules/reconcile.h"
#include "unit/media/media_fixture.h"

#include <Poco/Crypto/DigestEngine.h>
#include <gmock/gmock.h>

#include <functional>

namespace mediadock::media {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Reason = UploadKeyError::Reason;

struct File {
  std::string name;
  std::string content;
};

using Files = std::vector<File>;

const Files kOne{{"a.jpg", "one"}};
const Files kTwo{{"a.jpg", "one"}, {"b.jpg", "two"}};
const Files kThree{{"a.jpg", "one"}, {"b.jpg", "two"}, {"c.jpg", "three"}};

std::string sha256(const std::string& content) {
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(content);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

std::vector<SentFile> sent(const Files& files) {
  std::vector<SentFile> all;
  for (const File& file : files) {
    all.push_back({file.name, sha256(file.content)});
  }
  return all;
}

auto withReason(Reason reason) {
  return testing::Throws<UploadKeyError>(testing::Property(&UploadKeyError::reason, reason));
}

class KeyedWorld : public MediaWorld {
 public:
  std::unique_ptr<RepeatableUpload> start() {
    return service->startRepeatable("eleni", "key", context);
  }

  /// As an endpoint does it.
  std::vector<records::MediaRecord> send(const Files& files, const UploadFields& fields) {
    const auto key = start();
    if (key->isRepeat()) {
      return compare(*key, files, fields);
    }
    auto all = fields;
    all.uploadId = key->id();
    std::vector<records::MediaRecord> brought;
    for (const File& file : files) {
      key->keepForCommit();
      brought.push_back(upload(file.name, all, file.content));
    }
    key->finish(fields, sent(files), brought);
    return brought;
  }

  /// As a client does it that was told to.
  std::vector<records::MediaRecord> sendUntilItArrives(const Files& files,
                                                       const UploadFields& fields) {
    for (int tries = 0; tries < 3; ++tries) {
      try {
        return send(files, fields);
      } catch (const UploadKeyError& error) {
        EXPECT_EQ(error.reason(), Reason::BrokenOff);
      }
    }
    ADD_FAILURE() << "never arrives";
    return {};
  }

 private:
  std::vector<records::MediaRecord> compare(RepeatableUpload& key, const Files& files,
                                            const UploadFields& fields) {
    try {
      return key.recordsOf(fields, sent(files));
    } catch (const UploadKeyError& error) {
      if (error.reason() == Reason::BrokenOff) {
        for (const records::MediaRecord& record : key.orphanedRecords()) {
          service->remove(record.path, {.ifMatch = record.etag}, context);
        }
        key.releaseAfterCleanup();
      }
      throw;
    }
  }
};

class RepeatableUploadTest : public testing::Test {
 protected:
  KeyedWorld world;
  const UploadFields fields{.folder = "A"_path, .texts = {.customerId = "C-17"}, .tags = {"x"}};
};

TEST_F(RepeatableUploadTest, U29GivesTheSameRecordsAgain) {
  const auto first = world.send(kThree, fields);

  EXPECT_EQ(world.send(kThree, fields), first);
  EXPECT_THAT(world.files(), ElementsAre("A/a.jpg", "A/b.jpg", "A/c.jpg"));
  world.expectInStep();
}

TEST_F(RepeatableUploadTest, U29GivesRecordsAsTheyAreNow) {
  const auto first = world.send(kOne, fields).front();
  world.service->move(first.path, "B/z.jpg"_path, world.context);

  const auto again = world.send(kOne, fields).front();

  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.path, "B/z.jpg"_path);
}

TEST_F(RepeatableUploadTest, U29RefusesAnotherUploadUnderItsKey) {
  world.send(kOne, fields);
  auto others = std::vector<UploadFields>(6, fields);
  others[0].folder = "B"_path;
  others[1].texts.customerId = "";
  others[2].tags = {"x", "y"};
  others[3].direction = records::Direction::Sent;
  others[4].onConflict = OnConflict::Fail;
  others[5].texts.uploadedBy = "C-17";

  for (const auto& other : others) {
    EXPECT_THAT([&] { world.send(kOne, other); }, withReason(Reason::OtherUpload));
  }
  EXPECT_THAT([&] { world.send({{"a.jpg", "two"}}, fields); }, withReason(Reason::OtherUpload));
  EXPECT_THAT([&] { world.send({{"b.jpg", "one"}}, fields); }, withReason(Reason::OtherUpload));
  EXPECT_THAT([&] { world.send(kThree, fields); }, withReason(Reason::OtherUpload));
  EXPECT_EQ(world.send(kOne, fields).size(), 1U) << "the key still belongs to the first";
}

TEST_F(RepeatableUploadTest, GivesNoRecordThatIsNotThere) {
  const auto first = world.send(kOne, fields).front();
  world.service->remove(first.path, {}, world.context);

  EXPECT_THAT([&] { world.send(kOne, fields); }, withReason(Reason::Gone));
  EXPECT_THAT(world.files(), IsEmpty());
}

TEST_F(RepeatableUploadTest, LetsOneRequestWorkAtATime) {
  const auto first = world.start();

  EXPECT_THAT([&] { world.start(); }, withReason(Reason::InUse));
  EXPECT_NO_THROW(world.service->startRepeatable("nikos", "key", world.context));
}

TEST_F(RepeatableUploadTest, FreesTheKeyWhereNothingArrived) {
  world.start().reset();
  world.failAt("before commit", StorageErrc::InsufficientStorage);
  EXPECT_THROW(world.send(kOne, fields), StorageError);
  world.onStep({});

  EXPECT_THAT(world.send(kOne, fields), SizeIs(1));
  world.expectInStep();
}

class RepeatAfterUnknownOutcome : public testing::TestWithParam<const char*> {};

TEST_P(RepeatAfterUnknownOutcome, AsksTheStorage) {
  KeyedWorld world;
  const UploadFields fields{.folder = "A"_path};
  world.failAt(GetParam(), StorageErrc::Timeout, Retry::OutcomeUnknown);
  EXPECT_THROW(world.send(kOne, fields), StorageError);
  world.onStep({});

  EXPECT_THAT(world.send(kOne, fields), SizeIs(1));

  EXPECT_THAT(world.files(), ElementsAre("A/a.jpg"));
  world.expectInStep();
}

INSTANTIATE_TEST_SUITE_P(Steps, RepeatAfterUnknownOutcome,
                         testing::Values("before commit", "after commit"), [](const auto& test) {
                           return std::string(test.param).starts_with("before") ? "NotDone"
                                                                                : "Done";
                         });

TEST_F(RepeatableUploadTest, StopsWhereAnotherTookOver) {
  const auto first = world.start();
  world.store->uploadKeys().endLeases();

  const auto second = world.start();

  EXPECT_THAT([&] { first->keepForCommit(); }, withReason(Reason::InUse));
  EXPECT_NO_THROW(second->keepForCommit());
}

/// Not a StorageError, so nothing on the way up can react to it: as if the process were gone.
struct HostCrash {};

struct RepeatCase {
  const char* name;
  Files files;
  UploadFields fields;
  /// Whether the next host has looked at what was left before the repeat comes.
  bool isReconciled;
};

/// Sends, dies at step number `last`, and sends again to the next host. Returns whether it got that
/// far.
bool diesAndRepeatsAt(int last, const RepeatCase& row) {
  SCOPED_TRACE("step " + std::to_string(last));
  KeyedWorld world;
  if (row.fields.onConflict == OnConflict::Replace) {
    world.upload(row.files.front().name, {.folder = row.fields.folder}, "former");
  }
  int count = 0;
  bool isDead = false;
  world.onStep([&](const std::string& /*step*/) {
    isDead = isDead || ++count == last;
    if (isDead) {
      throw HostCrash();
    }
  });
  try {
    world.send(row.files, row.fields);
  } catch (const HostCrash&) {
    EXPECT_TRUE(isDead);
  }

  world.restart();
  if (row.isReconciled) {
    reconcile(*world.storage, *world.store, {}, world.context);
  }
  world.store->uploadKeys().endLeases();
  const auto records = world.sendUntilItArrives(row.files, row.fields);

  world.expectInStep();
  EXPECT_THAT(world.files(), SizeIs(row.files.size()));
  EXPECT_THAT(records, SizeIs(row.files.size()));
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(world.service->findRecord(records[i].id), records[i]);
    EXPECT_EQ(records[i].filename, row.files[i].name);
  }
  EXPECT_EQ(world.send(row.files, row.fields), records);
  return isDead;
}

class RepeatAfterCrash : public testing::TestWithParam<RepeatCase> {};

TEST_P(RepeatAfterCrash, U29MakesNoFileTwiceAndGivesOnlyRecordsThatAreThere) {
  int steps = 0;
  while (diesAndRepeatsAt(steps + 1, GetParam())) {
    ++steps;
  }

  EXPECT_GE(steps, 6);
}

INSTANTIATE_TEST_SUITE_P(
    All, RepeatAfterCrash,
    testing::Values(
        RepeatCase{"OneFile", kOne, {.folder = "A"_path}, true},
        RepeatCase{"OneFileNotReconciled", kOne, {.folder = "A"_path}, false},
        RepeatCase{"TwoFiles", kTwo, {.folder = "A"_path}, true},
        RepeatCase{"TwoFilesNotReconciled", kTwo, {.folder = "A"_path}, false},
        RepeatCase{
            "NewFilesOnly", kTwo, {.folder = "A"_path, .onConflict = OnConflict::Fail}, true},
        RepeatCase{
            "Replacement", kOne, {.folder = "A"_path, .onConflict = OnConflict::Replace}, true},
        RepeatCase{"ReplacementNotReconciled",
                   kOne,
                   {.folder = "A"_path, .onConflict = OnConflict::Replace},
                   false}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace mediadock::media
