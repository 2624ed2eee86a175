/// \file
/// Files whose size the storage does not tell.

#include "http_cases/served_api.h"

#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>

#include <string>

namespace mediadock {
namespace {

Poco::JSON::Object::Ptr objectOf(const std::string& json) {
  return Poco::JSON::Parser().parse(json).extract<Poco::JSON::Object::Ptr>();
}

/// With a small file, whose answer has a length all the same, and a large one, whose has none.
class UnsizedFiles : public testing::Test {
 protected:
  UnsizedFiles() {
    storage_->put("A/small.bin", small);
    storage_->put("A/large.bin", large);
  }

  HttpAnswer exchange(const std::string& method, const std::string& target,
                      const std::string& headers = "", const std::string& body = "") const {
    return api.connect().exchange(method, target, headers, body);
  }

  const std::string small = countingBytes(1000);
  const std::string large = countingBytes(3'000'000);

 private:
  std::unique_ptr<FolderStorage> storage_ = startUnsized();

 protected:
  ServedApi api{storage_->open()};
};

TEST_F(UnsizedFiles, AreListedWithoutOne) {
  const auto answer = api.get("/api/crm/storage/browse?path=A&sort=name");

  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto entries = Poco::JSON::Parser().parse(answer.body).extract<Poco::JSON::Array::Ptr>();
  ASSERT_EQ(entries->size(), 2U);
  EXPECT_EQ(entries->getObject(0)->getValue<std::string>("filename"), "large.bin");
  EXPECT_TRUE(entries->getObject(0)->isNull("size"));
  EXPECT_TRUE(entries->getObject(1)->isNull("size"));
  EXPECT_FALSE(answer.headers.has("Mediadock-Omitted-Entries"));
}

TEST_F(UnsizedFiles, HaveNoLengthMadeUp) {
  const auto answer = api.bodilessAnswer("HEAD", fileTarget("A/large.bin"));

  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.headers.has("Content-Length"));
  EXPECT_EQ(answer.header("ETag"), api.get(fileTarget("A/large.bin")).header("ETag"));
}

TEST_F(UnsizedFiles, ArriveWhole) {
  const auto counted = api.get(fileTarget("A/small.bin"));
  const auto uncounted = api.get(fileTarget("A/large.bin"));

  EXPECT_EQ(counted.body, small);
  EXPECT_EQ(uncounted.header("Transfer-Encoding"), "chunked");
  EXPECT_FALSE(uncounted.isShort);
  EXPECT_TRUE(uncounted.body == large);
}

TEST_F(UnsizedFiles, ArriveWholeAtAClientWithoutChunks) {
  auto client = api.connect();
  client.send("GET " + fileTarget("A/large.bin") +
              " HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\n\r\n");
  const auto answer = client.receive();

  EXPECT_EQ(answer.status, 200);
  EXPECT_FALSE(answer.headers.has("Content-Length"));
  EXPECT_FALSE(answer.headers.has("Transfer-Encoding"));
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(answer.body == large);
}

TEST_F(UnsizedFiles, GiveARangeOrAllOfThem) {
  for (const std::string range : {"bytes=2-5", "bytes=2999990-", "bytes=-7", "bytes=0-0"}) {
    const auto answer = exchange("GET", fileTarget("A/large.bin"), "Range: " + range + "\r\n");

    if (answer.status == 206) {
      const auto text = answer.header("Content-Range");
      const auto first = std::stoull(text.substr(text.find(' ') + 1));
      EXPECT_EQ(answer.body, large.substr(first, answer.body.size())) << range;
    } else {
      EXPECT_EQ(answer.status, 200) << range;
      EXPECT_TRUE(answer.body == large) << range;
    }
  }
}

TEST_F(UnsizedFiles, AnswerConditions) {
  const auto etag = api.get(fileTarget("A/large.bin")).header("ETag");

  EXPECT_EQ(exchange("GET", fileTarget("A/large.bin"), "If-None-Match: " + etag + "\r\n").status,
            304);
  EXPECT_EQ(exchange("GET", fileTarget("A/large.bin"), "If-Match: \"other\"\r\n").status, 412);
}

TEST_F(UnsizedFiles, AreMoved) {
  const auto moved = exchange("POST", "/api/crm/storage/move", "Content-Type: application/json\r\n",
                              R"({"from":"A/large.bin","to":"B/moved.bin"})");

  EXPECT_EQ(moved.status, 200) << moved.body;
  EXPECT_TRUE(api.get(fileTarget("B/moved.bin")).body == large);
  EXPECT_EQ(api.get(fileTarget("A/large.bin")).status, 404);
}

TEST_F(UnsizedFiles, HaveUploadsBesideThem) {
  const auto beside = api.upload("A", "new.bin", small);
  const auto another = api.upload("A", "small.bin", "another");

  ASSERT_EQ(beside.status, 201) << beside.body;
  EXPECT_EQ(objectOf(beside.body)->getValue<std::size_t>("size"), small.size());
  EXPECT_EQ(api.get(fileTarget("A/new.bin")).body, small);
  ASSERT_EQ(another.status, 201) << another.body;
  EXPECT_EQ(objectOf(another.body)->getValue<std::size_t>("size"), 7U);
  EXPECT_EQ(api.get(fileTarget("A/small.bin")).body, small);
}

TEST_F(UnsizedFiles, AreCountedForTheirRecord) {
  for (const auto& [path, size] :
       {std::pair("A/small.bin", small.size()), std::pair("A/large.bin", large.size())}) {
    const auto record = exchange("POST", "/api/crm/media", "Content-Type: application/json\r\n",
                                 std::string(R"({"nextcloud_path":")") + path + "\"}");

    ASSERT_EQ(record.status, 201) << record.body;
    EXPECT_EQ(objectOf(record.body)->getValue<std::size_t>("size"), size);
  }
}

}  // namespace
}  // namespace mediadock
