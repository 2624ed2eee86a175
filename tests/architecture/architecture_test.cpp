#include "architecture/include_rules.h"
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
  EXPECT_THAT(sourceFiles(sourceTree()), testing::Contains("host/http/server.h"));
}

TEST(SourceTree, KeepsTheIncludeRules) {
  EXPECT_THAT(findIncludeProblems(sourceTree()), IsEmpty());
}

TEST(SourceTree, HasNoFileAbove400Lines) {
  EXPECT_THAT(findLongFiles(sourceTree(), 400), IsEmpty());
}

TEST(SourceTree, X05ChecksEveryPathThatARequestNames) {
  EXPECT_THAT(findUncheckedPaths(sourceTree()), IsEmpty());
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

  EXPECT_THAT(findIncludeProblems(tree_.path()),
              ElementsAre(HasSubstr("core/src/core.cpp may not include Poco/Path.h"),
                          HasSubstr("plugins/shelf/shelf.cpp may not include records/")));
}

TEST_F(SyntheticTree, IsToldOfAPathThatIsNotChecked) {
  add("host/http/endpoints/x.cpp", "auto path = StoragePath::parse(text);\n");
  add("host/http/request.cpp", "auto path = StoragePath::parse(text);\n");

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

INSTANTIATE_TEST_SUITE_P(
    Includes, IncludeProblem,
    testing::Values(
        IncludeCase{"CoreStandard", "core/src/a.cpp", "vector", true},
        IncludeCase{"CoreSelf", "core/src/a.cpp", "mediadock/etag.h", true},
        IncludeCase{"CoreSystem", "core/src/a.cpp", "unistd.h", false},
        IncludeCase{"CorePoco", "core/src/a.cpp", "Poco/Path.h", false},
        IncludeCase{"CoreHost", "core/src/a.cpp", "app/config.h", false},
        IncludeCase{"PluginCore", "plugins/x/a.cpp", "mediadock/plugin.h", true},
        IncludeCase{"PluginSelf", "plugins/x/a.cpp", "x_provider.h", true},
        IncludeCase{"PluginPoco", "plugins/x/a.cpp", "Poco/Net/Context.h", true},
        IncludeCase{"PluginPocoData", "plugins/x/a.cpp", "Poco/Data/Session.h", false},
        IncludeCase{"PluginBoost", "plugins/x/a.cpp", "boost/dll/shared_library.hpp", false},
        IncludeCase{"PluginHost", "plugins/x/a.cpp", "storage/plugin_loader.h", false},
        IncludeCase{"PluginOtherPlugin", "plugins/x/a.cpp", "localdisk/atomic_file.h", false},
        IncludeCase{"LoaderBoost", "host/storage/plugin_loader.cpp", "boost/dll/shared_library.hpp",
                    true},
        IncludeCase{"StorageBoost", "host/storage/a.cpp", "boost/dll/shared_library.hpp", false},
        IncludeCase{"StorageRecords", "host/storage/a.cpp", "records/record_store.h", false},
        IncludeCase{"CacheSelf", "host/cache/a.cpp", "cache/blob_cache.h", true},
        IncludeCase{"CacheCore", "host/cache/a.cpp", "mediadock/etag.h", false},
        IncludeCase{"CachePoco", "host/cache/a.cpp", "Poco/Path.h", false},
        IncludeCase{"RecordsData", "host/records/a.cpp", "Poco/Data/Session.h", true},
        IncludeCase{"RecordsNet", "host/records/a.cpp", "Poco/Net/Socket.h", false},
        IncludeCase{"RecordsStorage", "host/records/a.cpp", "storage/provider_registry.h", false},
        IncludeCase{"MediaRecords", "host/media/a.cpp", "records/record_store.h", true},
        IncludeCase{"MediaNet", "host/media/a.cpp", "Poco/Net/Socket.h", false},
        IncludeCase{"MediaData", "host/media/a.cpp", "Poco/Data/Session.h", false},
        IncludeCase{"MediaHttp", "host/media/a.cpp", "http/server.h", false},
        IncludeCase{"HttpNet", "host/http/endpoints/a.cpp", "Poco/Net/HTTPServer.h", true},
        IncludeCase{"HttpRecord", "host/http/a.cpp", "records/media_record.h", true},
        IncludeCase{"HttpRecordStore", "host/http/a.cpp", "records/record_store.h", false},
        IncludeCase{"HttpStorage", "host/http/a.cpp", "storage/provider_registry.h", false},
        IncludeCase{"HttpApp", "host/http/a.cpp", "app/config.h", false},
        IncludeCase{"AppAll", "host/app/a.cpp", "http/server.h", true},
        IncludeCase{"AppUtil", "host/app/a.cpp", "Poco/Util/JSONConfiguration.h", true},
        IncludeCase{"AppNet", "host/app/a.cpp", "Poco/Net/Socket.h", false},
        IncludeCase{"MainApp", "host/main.cpp", "app/commands.h", true},
        IncludeCase{"MainPlugin", "host/main.cpp", "localdisk/atomic_file.h", false}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock
