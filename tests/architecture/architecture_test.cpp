#include "architecture/documented_paths.h"
#include "architecture/include_rules.h"
#include "architecture/namespaces.h"
#include "architecture/rooms.h"
#include "architecture/source_tree.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

namespace mediadock {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::filesystem::path sourceTree() {
  return MEDIADOCK_SOURCE_TREE;
}

std::size_t textLinesIn(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::size_t count = 0;
  std::string line;
  while (std::getline(stream, line)) {
    count += line.empty() ? 0U : 1U;
  }
  return count;
}

TEST(SourceTree, IsFound) {
  EXPECT_THAT(sourceFiles(sourceTree()), testing::Contains("core/include/mediadock/plugin.h"));
  EXPECT_THAT(sourceFiles(sourceTree()), testing::Contains("host/http/server/server.h"));
}

TEST(SourceTree, KeepsTheIncludeRules) {
  EXPECT_THAT(findIncludeProblems(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasANamespaceForEachRoom) {
  EXPECT_THAT(findForeignNamespaces(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasNoCircleOfFolders) {
  EXPECT_THAT(findFolderCircles(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasNoFolderOfMoreThan15Units) {
  EXPECT_THAT(findCrowdedFolders(sourceTree(), 15), IsEmpty());
}

TEST(SourceTree, HasNoFileAbove400Lines) {
  EXPECT_THAT(findLongFiles(sourceTree(), 400), IsEmpty());
}

TEST(SourceTree, X05ChecksEveryPathThatARequestNames) {
  EXPECT_THAT(findUncheckedPaths(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasWhatItsDocumentationNames) {
  EXPECT_THAT(findDeadPaths(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasShortDecisionRecords) {
  std::vector<std::string> tooLong;
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(sourceTree() / "docs" / "adr")) {
    ++seen;
    if (textLinesIn(entry.path()) > 25) {
      tooLong.push_back(entry.path().filename().string());
    }
  }

  EXPECT_GT(seen, 0U);
  EXPECT_THAT(tooLong, IsEmpty());
}

class SyntheticTree : public testing::Test {
 protected:
  void add(const std::string& path, std::string_view text) {
    const auto file = tree_.path() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  TempDirectory tree_;
};

TEST_F(SyntheticTree, IsToldWhereItBreaksARule) {
  add("plugins/shelf/shelf.cpp", "#include <vector>\n#include \"records/record_store.h\"\n");
  add("core/src/core.cpp", "#  include <Poco/Path.h>\n");
  add("host/attic/trunk.cpp", "#include <vector>\n");

  EXPECT_THAT(findIncludeProblems(tree_.path()),
              ElementsAre(HasSubstr("core/src/core.cpp may not include <Poco/Path.h>"),
                          HasSubstr("host/attic has no row"),
                          HasSubstr("plugins/shelf/shelf.cpp may not include \"records/")));
}

TEST_F(SyntheticTree, IsToldOfFoldersThatIncludeEachOther) {
  add("host/media/rules/rule.h", "#include \"media/uploads/upload.h\"\n");
  add("host/media/uploads/upload.h",
      "#include \"records/store.h\"\n#include \"media/service.h\"\n");
  add("host/media/service.h", "#include \"media/rules/rule.h\"\n");
  add("host/records/store.h", "#include <vector>\n");

  EXPECT_THAT(findFolderCircles(tree_.path()),
              ElementsAre("host/media -> host/media/rules -> host/media/uploads -> host/media"));
}

TEST_F(SyntheticTree, IsToldOfACircleWithinAPlugin) {
  add("plugins/shelf/books/book.cpp", "#include \"shelf.h\"\n");
  add("plugins/shelf/shelf.h", "#include \"books/book.h\"\n");
  add("plugins/shelf/books/book.h", "");
  add("plugins/http/books/book.h", "#include \"shelf.h\"\n");

  EXPECT_THAT(findFolderCircles(tree_.path()),
              ElementsAre("plugins/shelf -> plugins/shelf/books -> plugins/shelf"));
}

TEST_F(SyntheticTree, IsToldOfACrowdedFolder) {
  for (const char* file : {"a.h", "a.cpp", "b.cpp", "c.h"}) {
    add(std::string("host/media/") + file, "");
  }

  EXPECT_THAT(findCrowdedFolders(tree_.path(), 2), ElementsAre("host/media holds 3 units"));
  EXPECT_THAT(findCrowdedFolders(tree_.path(), 3), IsEmpty());
}

TEST_F(SyntheticTree, IsToldOfCodeInTheNamespaceOfAnotherRoom) {
  add("host/media/a.h",
      "namespace mediadock::records {\nstruct Row;\n\nclass Store;\n"
      "}  // namespace mediadock::records\n\nnamespace mediadock::media {\n"
      "int f();\n}\n");
  add("host/media/b.cpp", "namespace mediadock::records {\nstruct Row;\nint f();\n}\n");
  add("host/http/c.cpp", "namespace mediadock {\nint f();\n}\n");
  add("host/http/d.h", "namespace mediadock::http::guard {\nint f();\n}\n");
  add("plugins/http/e.h", "namespace mediadock::http {\nint f();\n}\n");
  add("core/src/f.cpp", "namespace mediadock {\nint f();\n}\n");

  EXPECT_THAT(
      findForeignNamespaces(tree_.path()),
      ElementsAre("host/http/c.cpp is of mediadock::http and defines in mediadock",
                  "host/media/b.cpp is of mediadock::media and defines in mediadock::records",
                  "plugins/http/e.h is of mediadock::http_client and defines in mediadock::http"));
}

TEST_F(SyntheticTree, IsToldOfAPathThatIsNotChecked) {
  add("host/http/endpoints/x.cpp", "auto path = StoragePath::parse(text);\n");
  add("host/http/exchange/request.cpp", "auto path = StoragePath::parse(text);\n");

  EXPECT_THAT(findUncheckedPaths(tree_.path()),
              ElementsAre(HasSubstr("host/http/endpoints/x.cpp parses")));
}

TEST_F(SyntheticTree, IsToldOfAFileThatIsTooLong) {
  add("host/app/long.cpp", std::string(11, '\n'));

  EXPECT_THAT(findLongFiles(tree_.path(), 10), ElementsAre("host/app/long.cpp has 11 lines"));
}

TEST_F(SyntheticTree, MayHaveAFileOfJustTheLength) {
  add("host/app/long.cpp", std::string(10, '\n'));

  EXPECT_THAT(findLongFiles(tree_.path(), 10), IsEmpty());
}

TEST(Rooms, NameOnlyWhatIsBelowThem) {
  std::vector<std::string> above;
  for (const Room& room : rooms()) {
    for (const std::string& other : room.ours) {
      const bool isHeader = other.ends_with(".h");
      const std::string folder = isHeader ? other.substr(0, other.rfind('/')) : other;
      const bool isBelow =
          std::any_of(above.begin(), above.end(), [&folder](const std::string& seen) {
            return seen == folder || seen.ends_with("/" + folder);
          });
      EXPECT_TRUE(isBelow) << room.folder << " names " << other;
    }
    above.push_back(room.folder.starts_with("core/") ? "mediadock" : room.folder);
  }
}

TEST(Rooms, AreThere) {
  for (const Room& room : rooms()) {
    EXPECT_TRUE(std::filesystem::exists(sourceTree() / room.folder)) << room.folder;
  }
}

TEST_F(SyntheticTree, IsToldOfADocumentedPathThatLeadsNowhere) {
  add("README.md", "See `host/media` and `host/media/service`, as in `plugins/NAME`.\n");
  add("docs/one.md", "`tests/gone` and `image/png`, ``host/media/``.\n");
  add("host/media/service.h", "");

  EXPECT_THAT(findDeadPaths(tree_.path()), ElementsAre(HasSubstr("docs/one.md names tests/gone")));
}

struct IncludeCase {
  const char* name;
  const char* path;
  const char* target;
  bool isAllowed;
};

class IncludeProblem : public testing::TestWithParam<IncludeCase> {};

TEST_P(IncludeProblem, FollowsTheTable) {
  EXPECT_EQ(includeProblem(GetParam().path, GetParam().target).empty(), GetParam().isAllowed);
}

constexpr const char* kCore = "core/src/a.cpp";
constexpr const char* kPlugin = "plugins/x/a.cpp";
constexpr const char* kExchange = "host/http/exchange/a.cpp";

INSTANTIATE_TEST_SUITE_P(
    Includes, IncludeProblem,
    testing::Values(
        IncludeCase{"CoreStandard", kCore, "<vector>", true},
        IncludeCase{"CoreSelf", kCore, "\"mediadock/etag.h\"", true},
        IncludeCase{"CoreSystem", kCore, "<unistd.h>", false},
        IncludeCase{"CorePoco", kCore, "<Poco/Path.h>", false},
        IncludeCase{"CoreHost", kCore, "\"app/config/config.h\"", false},
        IncludeCase{"PluginCore", kPlugin, "\"mediadock/plugin.h\"", true},
        IncludeCase{"PluginSelf", kPlugin, "\"x_provider.h\"", true},
        IncludeCase{"PluginLibrary", kPlugin, "\"http/http_session.h\"", true},
        IncludeCase{"PluginSystem", kPlugin, "<unistd.h>", true},
        IncludeCase{"PluginUnlisted", kPlugin, "<expat.h>", false},
        IncludeCase{"PluginPoco", kPlugin, "<Poco/Net/Context.h>", true},
        IncludeCase{"PluginPocoData", kPlugin, "<Poco/Data/Session.h>", false},
        IncludeCase{"PluginBoost", kPlugin, "<boost/dll/shared_library.hpp>", false},
        IncludeCase{"PluginHost", kPlugin, "\"storage/loading/plugin_loader.h\"", false},
        IncludeCase{"PluginOther", "plugins/localdisk/a.cpp", "\"http/http_session.h\"", false},
        IncludeCase{"RoomUpwards", "plugins/nextcloud/dav/a.cpp", "\"tree/dav_tree.h\"", false},
        IncludeCase{"RoomDownwards", "plugins/nextcloud/tree/a.cpp", "\"dav/dav_client.h\"", true},
        IncludeCase{"RoomToTop", "plugins/nextcloud/dav/a.cpp", "\"nextcloud_settings.h\"", false},
        IncludeCase{"LibraryToPlugin", "plugins/http/a.cpp", "\"dav/dav_client.h\"", false},
        IncludeCase{"LibraryExpat", "plugins/http/a.cpp", "<expat.h>", false},
        IncludeCase{"LoaderBoost", "host/storage/loading/plugin_loader.cpp",
                    "<boost/dll/shared_library.hpp>", true},
        IncludeCase{"LoadingBoost", "host/storage/loading/a.cpp", "<boost/dll/shared_library.hpp>",
                    false},
        IncludeCase{"StorageRecords", "host/storage/boundary/a.cpp", "\"records/record_store.h\"",
                    false},
        IncludeCase{"CacheSelf", "host/cache/a.cpp", "\"cache/blob_cache.h\"", true},
        IncludeCase{"CacheCore", "host/cache/a.cpp", "\"mediadock/etag.h\"", false},
        IncludeCase{"CachePoco", "host/cache/a.cpp", "<Poco/Path.h>", false},
        IncludeCase{"RecordsNet", "host/records/a.cpp", "<Poco/Net/Socket.h>", false},
        IncludeCase{"RecordsStorage", "host/records/a.cpp",
                    "\"storage/loading/provider_registry.h\"", false},
        IncludeCase{"MediaRecords", "host/media/uploads/a.cpp", "\"records/record_store.h\"", true},
        IncludeCase{"MediaNet", "host/media/a.cpp", "<Poco/Net/Socket.h>", false},
        IncludeCase{"MediaData", "host/media/a.cpp", "<Poco/Data/Session.h>", false},
        IncludeCase{"MediaHttp", "host/media/a.cpp", "\"http/server/server.h\"", false},
        IncludeCase{"MediaUpwards", "host/media/uploads/a.cpp", "\"media/media_service.h\"", false},
        IncludeCase{"ServerNet", "host/http/server/a.cpp", "<Poco/Net/HTTPServer.h>", true},
        IncludeCase{"EndpointRecord", "host/http/endpoints/a.cpp", "\"records/media_record.h\"",
                    true},
        IncludeCase{"EndpointRecordStore", "host/http/endpoints/a.cpp",
                    "\"records/record_store.h\"", false},
        IncludeCase{"EndpointServer", "host/http/endpoints/a.cpp", "\"http/server/router.h\"",
                    false},
        IncludeCase{"ExchangeStorage", kExchange, "\"storage/loading/provider_registry.h\"", false},
        IncludeCase{"ExchangeApp", kExchange, "\"app/config/config.h\"", false},
        IncludeCase{"ExchangeUpwards", kExchange, "\"http/uploads/upload_form_fields.h\"", false},
        IncludeCase{"SyntaxExchange", "host/http/syntax/a.cpp", "\"http/exchange/request.h\"",
                    false},
        IncludeCase{"AppServer", "host/app/a.cpp", "\"http/server/server.h\"", true},
        IncludeCase{"AppNet", "host/app/a.cpp", "<Poco/Net/Socket.h>", false},
        IncludeCase{"MainCommands", "host/main.cpp", "\"app/commands/commands.h\"", true},
        IncludeCase{"MainPlugin", "host/main.cpp", "\"localdisk/atomic_file.h\"", false}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock
