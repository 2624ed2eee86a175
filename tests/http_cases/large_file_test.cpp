/// \file
/// A file of more than 32 bits, which takes no room on the disk.

#include "http_cases/served_api.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <string>

namespace mediadock {
namespace {

constexpr std::uint64_t kSize = 5ULL << 30U;

class LargeFile : public testing::TestWithParam<StorageCase<FolderStorage>> {
 protected:
  LargeFile() { storage->putSparse("B", kSize); }

  HttpAnswer getRange(const std::string& range) const {
    return api.get(fileTarget("B"), "Range: bytes=" + range + "\r\n");
  }

  std::unique_ptr<FolderStorage> storage = GetParam().start();
  ServedApi api{storage->open()};
};

INSTANTIATE_TEST_SUITE_P(Storages, LargeFile, testing::ValuesIn(everyFolderStorage()),
                         kNameOfStorage);

TEST_P(LargeFile, R01TellsItsWholeLength) {
  EXPECT_EQ(api.bodilessAnswer("HEAD", fileTarget("B")).header("Content-Length"), "5368709120");
  EXPECT_THAT(api.get("/api/crm/storage/browse").body, testing::HasSubstr("\"size\":5368709120,"));
}

TEST_P(LargeFile, R01BeginsToArrive) {
  HttpClient client = api.connect();
  client.send("GET " + fileTarget("B") + " HTTP/1.1\r\nHost: h\r\n\r\n");

  const auto answer = client.receive(true);

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Content-Length"), "5368709120");
  EXPECT_FALSE(client.isClosed());
  client.reset();
}

TEST_P(LargeFile, R03R04R07HasAnEndThatCanBeAskedFor) {
  const std::string end(10, '\0');

  EXPECT_EQ(getRange("-10").header("Content-Range"), "bytes 5368709110-5368709119/5368709120");
  EXPECT_EQ(getRange("-10").body, end);
  EXPECT_EQ(getRange("5368709110-").body, end);
  EXPECT_EQ(getRange("5368709119-5368709119").body, end.substr(9));
  EXPECT_EQ(getRange("5368709120-").header("Content-Range"), "bytes */5368709120");
}

TEST_P(LargeFile, R02HasPiecesAcrossThePowersOfTwo) {
  EXPECT_EQ(getRange("2147483640-2147483655").header("Content-Range"),
            "bytes 2147483640-2147483655/5368709120");
  EXPECT_EQ(getRange("4294967290-4294967305").body, std::string(16, '\0'));
}

TEST_P(LargeFile, R17HasFirstAndLastByteInOneAnswer) {
  const auto answer = getRange("0-0,-1");

  EXPECT_EQ(answer.status, 206);
  EXPECT_THAT(answer.body, testing::HasSubstr("bytes 5368709119-5368709119/5368709120\r\n\r\n"));
  EXPECT_FALSE(answer.isShort);
}

}  // namespace
}  // namespace mediadock
