/// \file
/// Uploads that mean harm to a host over a disk.

#include "http_cases/served_api.h"
#include "integration/condition.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <iterator>
#include <string>

namespace mediadock {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kUploadHead =
    "POST /api/crm/storage/upload HTTP/1.1\r\nHost: h\r\n" + std::string(FormBody::kContentType);

class HostileUploads : public testing::Test {
 protected:
  static std::ptrdiff_t openDescriptors() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  }

  std::unique_ptr<FolderStorage> storage = startLocalDisk({{"fault.capacity_bytes", "1000000"}});
  ServedApi api{storage->open()};
};

TEST_F(HostileUploads, X32LeaveNoDescriptorsBehindHoweverManyAreCut) {
  const std::string form = FormBody().field("path", "A").file("a.bin", "content").str();
  const auto cut = [&] {
    HttpClient client = api.connect();
    client.send(kUploadHead + "Content-Length: " + std::to_string(form.size()) + "\r\n\r\n" +
                form.substr(0, form.size() - 20));
    client.reset();
  };
  cut();
  ASSERT_EQ(api.upload("A", "first.bin", "x").status, 201);
  const auto before = openDescriptors();

  for (int i = 0; i < 1000; ++i) {
    cut();
  }

  EXPECT_TRUE(eventually([&] { return openDescriptors() <= before; })) << openDescriptors();
  EXPECT_THAT(api.get("/api/crm/storage/browse?path=A").body, Not(HasSubstr("a.bin")));
  EXPECT_THAT(api.get("/api/crm/media").body, Not(HasSubstr("a.bin")));
}

TEST_F(HostileUploads, X38StoreAnArchiveAsItIs) {
  const std::string archive = "PK\x03\x04" + std::string(500, '\x01');

  const auto uploaded = api.upload("A", "42.zip", archive);

  EXPECT_EQ(api.get(uploaded.header("Location")).body, archive);
  const auto listing = api.get("/api/crm/storage/browse?depth=3").body;
  EXPECT_THAT(listing, HasSubstr("\"path\":\"A/42.zip\""));
  EXPECT_THAT(listing, Not(HasSubstr("A/42.zip/")));
}

TEST_F(HostileUploads, X42LeaveAFullStorageReadable) {
  const auto first = api.upload("A", "a.bin", std::string(900000, 'a'));
  ASSERT_EQ(first.status, 201);

  EXPECT_EQ(api.upload("A", "b.bin", std::string(900000, 'b')).status, 507);
  EXPECT_EQ(api.get(first.header("Location")).body.size(), 900000U);
  EXPECT_THAT(api.get("/api/crm/storage/browse?path=A").body, Not(HasSubstr("b.bin")));
  EXPECT_EQ(api.connect().exchange("DELETE", first.header("Location")).status, 204);
  EXPECT_EQ(api.upload("A", "b.bin", std::string(900000, 'b')).status, 201);
}

TEST_F(HostileUploads, X43AreCountedAndNotBelieved) {
  HttpClient client = api.connect();
  const std::string form = FormBody().field("path", "A").file("a.bin", "content").str();

  client.send(kUploadHead + "Content-Length: 10\r\n\r\n" + form);

  EXPECT_EQ(client.receive().status, 400);
  EXPECT_THAT(api.get("/api/crm/storage/browse").body, "[]");
}

}  // namespace
}  // namespace mediadock
