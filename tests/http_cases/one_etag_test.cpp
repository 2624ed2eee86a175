/// \file
/// A file has one etag, whichever way it is asked for.

#include "http_cases/served_api.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <string>

namespace mediadock {
namespace {

class OneEtag : public testing::TestWithParam<StorageCase<IServedStorage>> {
 protected:
  OneEtag() { storage->put("A/a.bin", "content"); }

  HttpAnswer ask(const std::string& method, const std::string& headers = "") const {
    const auto target = fileTarget("A/a.bin");
    return method == "HEAD" ? api.bodilessAnswer(method, target, headers)
                            : api.get(target, headers);
  }

  std::unique_ptr<IServedStorage> storage = GetParam().start();
  ServedApi api{storage->open()};
};

INSTANTIATE_TEST_SUITE_P(Storages, OneEtag, testing::ValuesIn(everyStorage()), kNameOfStorage);

TEST_P(OneEtag, IsToldWhoeverAsksFirst) {
  const auto got = ask("GET").header("ETag");
  const auto looked = ask("HEAD").header("ETag");

  EXPECT_FALSE(got.empty());
  EXPECT_EQ(got, looked);
  EXPECT_EQ(ask("GET", "Range: bytes=1-2\r\n").header("ETag"), got);
}

TEST_P(OneEtag, IsTheOneOfListingAndRecord) {
  const auto record =
      Poco::JSON::Parser()
          .parse(api.connect()
                     .exchange("POST", "/api/crm/media", "Content-Type: application/json\r\n",
                               R"({"nextcloud_path":"A/a.bin"})")
                     .body)
          .extract<Poco::JSON::Object::Ptr>();
  const auto entry = Poco::JSON::Parser()
                         .parse(api.get("/api/crm/storage/browse?path=A").body)
                         .extract<Poco::JSON::Array::Ptr>()
                         ->getObject(0);
  const auto etag = ask("GET").header("ETag");

  EXPECT_EQ(record->get("etag"), entry->get("etag"));
  // A storage without etags has a weak one by time and size.
  const bool isOwn = !etag.starts_with("W/");
  EXPECT_EQ(isOwn, !entry->isNull("etag"));
  if (isOwn) {
    EXPECT_EQ(entry->getValue<std::string>("etag"), etag);
  }
}

TEST_P(OneEtag, HoldsInConditions) {
  const auto etag = ask("GET").header("ETag");
  const bool isStrong = !etag.starts_with("W/");

  EXPECT_EQ(ask("GET", "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(ask("HEAD", "If-None-Match: " + etag + "\r\n").status, 304);
  EXPECT_EQ(ask("GET", "Range: bytes=1-2\r\nIf-Range: " + etag + "\r\n").status,
            isStrong ? 206 : 200);
}

}  // namespace
}  // namespace mediadock
