/// \file
/// How much a record may hold, by each way into it.

#include "unit/http/endpoints_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

/// `count` tags of `bytes` bytes each, with `separator` between them.
std::string tags(std::size_t count, std::size_t bytes, const std::string& separator = ",") {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += (i == 0 ? "" : separator) + std::string(bytes, 't');
  }
  return text;
}

FormBody formTo(const std::string& folder) {
  return FormBody().field("path", folder);
}

TEST_F(Endpoints, LimitsTellWhatAFormAndARecordMayHold) {
  EXPECT_THAT(get("/api/crm/storage/limits").body,
              HasSubstr("\"max_form_parts\":64,\"max_field_bytes\":65536,\"max_json_bytes\":65536,"
                        "\"max_text_bytes\":1024,\"max_tags\":100,\"max_tag_bytes\":256,"
                        "\"max_tags_bytes\":4096,"));
}

TEST_F(Endpoints, UploadMayHaveTheTagsThatLimitsTell) {
  EXPECT_EQ(upload(formTo("A").field("tags", tags(100, 40)).file("a", "x")).status, 201);
  EXPECT_EQ(upload(formTo("A").field("tags", tags(16, 256)).file("b", "x")).status, 201);
}

TEST_F(Endpoints, UploadWithMoreTagsIsRefused) {
  FormBody many = formTo("A").file("a", "x");
  for (int i = 0; i < 62; ++i) {
    many.field("tags", tags(32700, 1));
  }
  FormBody oneByOne = formTo("A").file("a", "x");
  for (int i = 0; i < 60; ++i) {
    oneByOne.field("tags", "t,t");
  }
  for (const FormBody& form :
       {many, oneByOne, formTo("A").field("tags", tags(101, 1)).file("a", "x"),
        formTo("A").file("a", "x").field("tags", "[\"" + tags(101, 1, "\",\"") + "\"]"),
        formTo("A").field("tags", tags(1, 257)).file("a", "x"),
        formTo("A").file("a", "x").field("tags", tags(17, 256))}) {
    const auto answer = upload(form);

    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr("tags"));
  }
  EXPECT_THAT(world.files(), IsEmpty());
  world.expectInStep();
}

TEST_F(Endpoints, UploadWithLongerTextsIsRefused) {
  for (const char* field : {"customer_id", "order_id", "uploaded_by"}) {
    EXPECT_EQ(upload(formTo("A").field(field, std::string(1024, 'c')).file("a", "x")).status, 201);
    const auto answer = upload(formTo("A").file("b", "x").field(field, std::string(1025, 'c')));

    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(answer.body, HasSubstr(field));
  }
  world.expectInStep();
}

TEST_F(Endpoints, RecordTakesNoMoreThanLimitsTell) {
  world.put("a"_path);
  const std::string file = R"({"nextcloud_path":"a",)";
  for (const std::string& field :
       {"\"tags\":[\"" + tags(101, 1, "\",\"") + "\"]",
        "\"tags\":[\"" + tags(101, 0, "\",\"") + "\"]", "\"tags\":[\"" + tags(1, 257) + "\"]",
        "\"tags\":[\"" + tags(17, 256, "\",\"") + "\"]",
        "\"customer_id\":\"" + std::string(1025, 'c') + "\"",
        "\"order_id\":\"" + std::string(1025, 'c') + "\"",
        "\"uploaded_by\":\"" + std::string(1025, 'c') + "\""}) {
    EXPECT_EQ(post("/api/crm/media", file + field + "}").status, 400) << field;
  }
  const auto added =
      post("/api/crm/media", file + "\"tags\":[\"" + tags(100, 40, "\",\"") + "\"]}");
  EXPECT_EQ(added.status, 201);

  for (const std::string& field :
       {"\"tags\":[\"" + tags(20000, 0, "\",\"") + "\"]",
        "\"tags\":[\"" + tags(101, 1, "\",\"") + "\"]", "\"tags\":[\"" + tags(1, 257) + "\"]",
        "\"order_id\":\"" + std::string(1025, 'c') + "\""}) {
    const auto answer =
        connect().exchange("PATCH", added.header("Location"), kJson, "{" + field + "}");
    EXPECT_EQ(answer.status, 400) << field.substr(0, 100);
  }
}

TEST_F(Endpoints, RecordHasNoEmptyTags) {
  world.put("a"_path);
  const auto added = post("/api/crm/media", R"({"nextcloud_path":"a","tags":["","b",""]})");
  EXPECT_THAT(added.body, HasSubstr(R"("tags":["b"])"));

  const auto patched =
      connect().exchange("PATCH", added.header("Location"), kJson, R"({"tags":[""]})");
  EXPECT_EQ(patched.status, 200);
  EXPECT_THAT(patched.body, HasSubstr(R"("tags":[])"));
  EXPECT_THAT(upload(formTo("A").field("tags", "[\"\"]").file("a", "x")).body,
              HasSubstr(R"("tags":[])"));
}

}  // namespace
}  // namespace mediadock::http
