#include "http/access/url_signer.h"
#include "http/exchange/json_body.h"
#include "http/listings/media_json.h"
#include "http/syntax/json_writer.h"
#include "mediadock/storage_error.h"
#include "support/problem_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const FileUrls& urls() {
  static const UrlSigner kSigner({"0123456789abcdef"});
  static const FileUrls kUrls(kSigner, Caller::anybody(), "");
  return kUrls;
}

Entry fileEntry() {
  return {.path = StoragePath::parse("A/Φ #1 50%.png"),
          .size = 7,
          .modifiedAt = std::chrono::sys_seconds(std::chrono::seconds(784111777)),
          .etag = ETag{"e+1"},
          .contentType = "image/png"};
}

TEST(EntryJson, HasTheFieldsOfTheContract) {
  EXPECT_EQ(toJson(fileEntry(), urls()),
            "{\"filename\":\"Φ #1 50%.png\",\"path\":\"A/Φ #1 50%.png\","
            "\"mime_type\":\"image/png\",\"size\":7,"
            "\"last_modified\":\"1994-11-06T08:49:37Z\",\"is_dir\":false,\"etag\":\"\\\"e+1\\\"\","
            "\"url\":\"/api/crm/storage/file?path=A%2F%CE%A6%20%231%2050%25.png&v=e%2B1\","
            "\"thumbnail_url\":\"/api/crm/storage/thumbnail?path=A%2F%CE%A6%20%231%2050%25.png"
            "&size=256&v=e%2B1\"}");
}

TEST(JsonWriter, WritesBytesThatAreNoUtf8AsText) {
  JsonWriter json;

  json.value(std::string_view("a\xff\n"));

  EXPECT_EQ(json.take(), R"("a\\xff\u000a")");
}

TEST(EntryJson, HasAThumbnailForPicturesOnly) {
  EXPECT_THAT(toJson(Entry{.path = StoragePath::parse("a.JPG")}, urls()),
              HasSubstr("\"thumbnail_url\":\"/api/crm/storage/thumbnail?path=a.JPG&size=256\""));
  for (const char* name : {"a.svg", "a.tiff", "a.pdf", "a.mp4", "a.txt", "a"}) {
    EXPECT_THAT(toJson(Entry{.path = StoragePath::parse(name)}, urls()),
                HasSubstr("\"thumbnail_url\":null"))
        << name;
  }
}

TEST(EntryJson, ShowsAFolderWithoutTypeAndUrl) {
  const Entry folder{.path = StoragePath::parse("A"), .kind = EntryKind::Directory};

  EXPECT_EQ(toJson(folder, urls()),
            "{\"filename\":\"A\",\"path\":\"A\",\"mime_type\":null,\"size\":null,"
            "\"last_modified\":null,\"is_dir\":true,\"etag\":null,\"url\":null,"
            "\"thumbnail_url\":null}");
}

TEST(EntryJson, X24EscapesWhatCouldEndAScript) {
  const Entry entry{.path = StoragePath::parse("Sun'><img src=x onerror=alert(1)>.jpg")};

  EXPECT_THAT(toJson(entry, urls()), HasSubstr("Sun'>\\u003cimg src=x"));
}

std::string itemJson(const media::BrowseItem& item, MediaField field) {
  JsonWriter json;
  ItemWriter(field, urls()).write(json, item);
  return json.take();
}

TEST(ItemJson, B10ShowsRecordAndMissingOnlyWhereTheyBelong) {
  const media::BrowseItem plain{.entry = fileEntry()};
  const media::BrowseItem missing{
      .entry = fileEntry(),
      .record = std::make_shared<const records::MediaRecord>(records::MediaRecord{.id = "r1"}),
      .isMissing = true};

  EXPECT_THAT(itemJson(plain, MediaField::Absent), testing::Not(HasSubstr("\"media\"")));
  EXPECT_THAT(itemJson(plain, MediaField::Present), HasSubstr("\"media\":null}"));
  EXPECT_THAT(itemJson(missing, MediaField::Present), HasSubstr("\"media\":{\"id\":\"r1\""));
  EXPECT_THAT(itemJson(missing, MediaField::Present), HasSubstr("\"missing\":true}"));
  EXPECT_THAT(itemJson(missing, MediaField::Present), HasSubstr("\"thumbnail_url\":null"));
}

TEST(JsonBody, ReadsTexts) {
  const auto body = JsonBody::parse(R"({"a":"x","b":null,"c":["p"]})", {"a", "b", "c", "d"});

  EXPECT_EQ(body.text("a"), "x");
  EXPECT_EQ(body.text("b"), std::nullopt);
  EXPECT_TRUE(body.has("b"));
  EXPECT_FALSE(body.has("d"));
  EXPECT_THAT([&] { body.requireText("d"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { body.text("c"); }, ThrowsProblem(400));
}

TEST(JsonBody, ReadsTags) {
  const auto tagsOf = [](const std::string& json) {
    return JsonBody::parse(json, {"tags"}).tags();
  };

  EXPECT_THAT(tagsOf(R"({"tags":["p","","q"]})"), ElementsAre("p", "q"));
  EXPECT_THAT(tagsOf(R"({"tags":null})"), IsEmpty());
  EXPECT_THAT(tagsOf("{}"), IsEmpty());
  EXPECT_THAT([&] { tagsOf(R"({"tags":"a"})"); }, ThrowsProblem(400));
}

class BadJson : public testing::TestWithParam<std::string> {};

TEST_P(BadJson, X73IsRefused) {
  EXPECT_THAT([] { JsonBody::parse(GetParam(), {"a"}); }, ThrowsProblem(400));
}

INSTANTIATE_TEST_SUITE_P(All, BadJson,
                         testing::Values("", "[]", "1", "null", "{", "{\"a\":}", "{\"b\":1}",
                                         "{\"a\":1}x", "\xFF", std::string("{\"a\":\"\0\"}", 9),
                                         std::string(100000, '['),
                                         "{\"a\":" + std::string(40, '[') + std::string(40, ']') +
                                             "}"));

TEST(JsonBody, RefusesTextThatOnlyAnEscapeCanSay) {
  const auto body = JsonBody::parse(R"({"a":"x\u0000y"})", {"a"});

  EXPECT_THAT([&] { body.text("a"); }, ThrowsProblem(400));
}

TEST(ParseTagArray, TakesOnlyAnArrayOfStrings) {
  EXPECT_THAT(parseTagArray(R"(["a","b"])"), ElementsAre("a", "b"));
  EXPECT_THAT([] { parseTagArray("[1]"); }, ThrowsProblem(400));
  EXPECT_THAT([] { parseTagArray("{}"); }, ThrowsProblem(400));
}

}  // namespace
}  // namespace mediadock::http
