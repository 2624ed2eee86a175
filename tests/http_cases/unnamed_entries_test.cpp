/// \file
/// Files whose names are no paths of the API.

#include "http_cases/served_api.h"

#include <gmock/gmock.h>

#include <fstream>
#include <string>

namespace mediadock {
namespace {

using testing::HasSubstr;

/// In Latin-1; with a control character; with DEL.
class UnnamedEntries : public testing::TestWithParam<StorageCase<FolderStorage>> {
 protected:
  UnnamedEntries() { storage->put("A/first.bin", "x"); }

  /// Makes `name` in the folder A, in the place of what was there.
  void fill(const std::string& name) const {
    std::filesystem::remove(storage->folder() / "A" / "first.bin");
    storage->put("A/" + name, "the only copy");
  }

  HttpAnswer remove(const std::string& query) const {
    return api.connect().exchange("DELETE", "/api/crm/storage/file?path=A" + query);
  }

  std::unique_ptr<FolderStorage> storage = GetParam().start();
  ServedApi api{storage->open()};
};

INSTANTIATE_TEST_SUITE_P(Storages, UnnamedEntries, testing::ValuesIn(everyFolderStorage()),
                         kNameOfStorage);

TEST_P(UnnamedEntries, KeepAFolderFromBeingEmpty) {
  if (!std::string(GetParam().name).starts_with("Rclone")) {
    fill(
        "Gr\xF6\xDF"
        "e.jpg");
    EXPECT_EQ(remove("").status, 409);
  }
  fill("del\x7F.jpg");

  EXPECT_EQ(remove("").status, 409);
  EXPECT_TRUE(std::filesystem::exists(storage->folder() / "A" / "del\x7F.jpg"));
}

TEST_P(UnnamedEntries, GoWithTheirFolderWhereThatIsAskedFor) {
  fill("del\x7F.jpg");

  EXPECT_EQ(remove("&recursive=1").status, 204);
  EXPECT_FALSE(std::filesystem::exists(storage->folder() / "A"));
}

TEST_P(UnnamedEntries, AreCounted) {
  storage->put("A/del\x7F.jpg", "x");
  storage->put("A/B/del\x7F.jpg", "x");
  storage->put("A/B/tab\t.jpg", "x");

  const auto whole = api.get("/api/crm/storage/browse?path=A");
  const auto ordered = api.get("/api/crm/storage/browse?path=A&sort=name&limit=1");
  const auto deep = api.get("/api/crm/storage/browse?path=A&depth=2");

  // rclone gives such files other names, with the pictures of their characters.
  const bool areNamed = std::string(GetParam().name).starts_with("Rclone");
  EXPECT_EQ(whole.header("Mediadock-Omitted-Entries"), areNamed ? "" : "1");
  EXPECT_THAT(whole.body, HasSubstr("first.bin"));
  EXPECT_EQ(whole.body.find("del\u2421.jpg") != std::string::npos, areNamed);
  EXPECT_EQ(ordered.header("Mediadock-Omitted-Entries"), areNamed ? "" : "1");
  EXPECT_EQ(deep.header("Mediadock-Omitted-Entries"), areNamed ? "" : "3");
}

}  // namespace
}  // namespace mediadock
