#include "http/uploads/upload_form_fields.h"

#include "support/problem_matcher.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;

const std::string kDigest(64, 'a');

Headers headersOf(std::string name, std::string value) {
  Headers headers;
  headers.add(std::move(name), std::move(value));
  return headers;
}

const Caller kAnybody = Caller::anybody();

TEST(UploadFormFields, KnowsAllFieldsAtItsEnd) {
  UploadFormFields form({}, kAnybody);
  form.addField("nextcloud_path", "A/B");
  form.addField("customer_id", "c");
  form.addField("order_id", "o");
  form.addField("direction", "sent");
  form.addField("uploaded_by", "u");
  form.addField("on_conflict", "fail");
  form.addField("sha256", std::string(64, 'A'));
  form.addField("csrf_token", "passed over");

  const media::UploadFields fields = form.finish("", 1);

  EXPECT_EQ(fields.folder, StoragePath::parse("A/B"));
  EXPECT_EQ(fields.texts.customerId, "c");
  EXPECT_EQ(fields.texts.orderId, "o");
  EXPECT_EQ(fields.direction, records::Direction::Sent);
  EXPECT_EQ(fields.texts.uploadedBy, "u");
  EXPECT_EQ(fields.onConflict, media::OnConflict::Fail);
  EXPECT_EQ(fields.sha256, kDigest);
}

TEST(UploadFormFields, IsSentByTheCallerUnlessItNamesSomebody) {
  const Caller caller{.name = "alice", .folders = {StoragePath()}};
  UploadFormFields form({}, caller);
  EXPECT_EQ(form.finish("", 1).texts.uploadedBy, "alice");

  form.addField("uploaded_by", "bob");
  EXPECT_EQ(form.finish("", 1).texts.uploadedBy, "bob");
}

TEST(UploadFormFields, TakesNoCallersNameThatIsNoText) {
  for (const std::string name : {"a\nb", "a\x7F", "\xFF"}) {
    const Caller caller{.name = name};
    EXPECT_EQ(UploadFormFields({}, caller).finish("", 1).texts.uploadedBy, "");
  }
}

TEST(UploadFormFields, TakesTagsInThreeForms) {
  UploadFormFields form({}, kAnybody);
  form.addField("tags", "a, b,,");
  form.addField("tags", "c");
  form.addField("tags", R"(["d,e"])");

  EXPECT_THAT(form.finish("", 1).tags, ElementsAre("a", "b", "c", "d,e"));
}

TEST(UploadFormFields, TakesOneDestinationUnderTwoNames) {
  UploadFormFields form({}, kAnybody);
  form.addField("path", "A");
  form.addField("nextcloud_path", "A");

  EXPECT_THAT([&] { form.addField("path", "B"); }, ThrowsProblem(400));
}

TEST(UploadFormFields, U25RefusesADestinationThatIsNoPath) {
  UploadFormFields form({}, kAnybody);

  EXPECT_THAT([&] { form.addField("path", "../x"); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { form.addField("path", "/x"); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST(UploadFormFields, X05RefusesADestinationOutOfReach) {
  const Caller confined{.folders = {StoragePath::parse("A/B")}};
  UploadFormFields form({}, confined);

  EXPECT_THROW(form.addField("path", "A"), PathForbidden);
  EXPECT_THROW(form.addField("nextcloud_path", "A/BC"), PathForbidden);
  form.addField("path", "A/B/C");
  EXPECT_EQ(form.finish("", 1).folder, StoragePath::parse("A/B/C"));
}

TEST(UploadFormFields, RefusesValuesThatMeanNothing) {
  UploadFormFields form({}, kAnybody);

  EXPECT_THAT([&] { form.addField("direction", "up"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.addField("on_conflict", "maybe"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.addField("sha256", "abc"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.addField("size", "-1"); }, ThrowsProblem(400));
}

TEST(UploadFormFields, RefusesAFieldThatIsThereTwice) {
  UploadFormFields form({}, kAnybody);
  form.addField("customer_id", "a");

  EXPECT_THAT([&] { form.addField("customer_id", "b"); }, ThrowsProblem(400));
}

TEST(UploadFormFields, GivesASizeToTheNextFileOnly) {
  UploadFormFields form({}, kAnybody);
  form.addField("size", "5");

  EXPECT_EQ(form.startFile({}).size, 5U);
  EXPECT_EQ(form.startFile({}).size, std::nullopt);
  EXPECT_EQ(form.startFile({.contentLength = 7}).size, 7U);
  form.addField("size", "5");
  EXPECT_THAT([&] { form.finish("", 1); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.startFile({.contentLength = 7}); }, ThrowsProblem(400));
}

TEST(UploadFormFields, GivesATimeToTheNextFileOnly) {
  const Timestamp time(std::chrono::milliseconds(1563116400123));
  UploadFormFields form({}, kAnybody);
  form.addField("mtime", "1563116400.123");
  EXPECT_EQ(form.startFile({}).modifiedAt, time);
  EXPECT_EQ(form.startFile({}).modifiedAt, std::nullopt);

  form.addField("lastModified", "1563116400123");
  form.addField("mtime", "1563116400.123");
  EXPECT_EQ(form.startFile({}).modifiedAt, time);
  form.addField("lastModified", "");
  EXPECT_EQ(form.startFile({}).modifiedAt, std::nullopt);

  form.addField("mtime", "-1");
  EXPECT_THAT([&] { form.addField("mtime", "1"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.finish("", 1); }, ThrowsProblem(400));
}

TEST(UploadFormFields, HoldsNoMoreThanARecordMay) {
  const auto refuses = [](const std::string& name, const std::string& value) {
    UploadFormFields form({}, kAnybody);
    EXPECT_THAT([&] { form.addField(name, value); },
                ThrowsStorageError(StorageErrc::InvalidArgument))
        << name;
  };
  refuses("customer_id", std::string(records::MediaRecord::kMaxTextBytes + 1, 'c'));
  refuses("order_id", std::string(records::MediaRecord::kMaxTextBytes + 1, 'c'));
  refuses("uploaded_by", std::string(records::MediaRecord::kMaxTextBytes + 1, 'c'));
  refuses("uploaded_by", "a\nb");
  refuses("tags", std::string(records::MediaRecord::kMaxTagBytes + 1, 't'));
}

TEST(UploadFormFields, TakesNoCallersNameThatIsTooLong) {
  const Caller longest{.name = std::string(records::MediaRecord::kMaxTextBytes, 'n')};
  const Caller longer{.name = longest.name + "n"};

  EXPECT_EQ(UploadFormFields({}, longest).finish("", 1).texts.uploadedBy, longest.name);
  EXPECT_EQ(UploadFormFields({}, longer).finish("", 1).texts.uploadedBy, "");
}

TEST(UploadFormFields, U28HoldsTheDigestsAgainstEachOther) {
  UploadFormFields form({}, kAnybody);
  form.addField("sha256", kDigest);

  EXPECT_EQ(form.finish(kDigest, 1).sha256, kDigest);
  EXPECT_THAT([&] { form.finish(std::string(64, 'b'), 1); }, ThrowsProblem(400));
  EXPECT_THAT([&] { form.finish("", 2); }, ThrowsProblem(400));
  EXPECT_EQ(UploadFormFields({}, kAnybody).finish(kDigest, 2).sha256, kDigest);
}

TEST(UploadFormFields, U24TakesIfNoneMatchAsFail) {
  UploadFormFields form(headersOf("If-None-Match", "*"), kAnybody);
  form.addField("on_conflict", "rename");

  EXPECT_TRUE(form.asksForNew());
  EXPECT_EQ(form.finish("", 1).onConflict, media::OnConflict::Fail);
}

TEST(UploadFormFields, U23TakesIfMatchAsReplace) {
  const UploadFormFields form(headersOf("If-Match", "\"e1\""), kAnybody);

  EXPECT_EQ(form.finish("", 1).onConflict, media::OnConflict::Replace);
  EXPECT_EQ(form.finish("", 1).ifMatch, ETag{"e1"});
  EXPECT_TRUE(form.replaces());
}

TEST(UploadFormFields, RefusesConditionsItCannotKeep) {
  EXPECT_THAT([] { UploadFormFields(headersOf("If-None-Match", "\"a\""), kAnybody); },
              ThrowsProblem(400));
  EXPECT_THAT([] { UploadFormFields(headersOf("If-Match", "*"), kAnybody); }, ThrowsProblem(400));
  EXPECT_THAT([] { UploadFormFields(headersOf("If-Match", "\"a\", \"b\""), kAnybody); },
              ThrowsProblem(400));
}

}  // namespace
}  // namespace mediadock::http
