#include "discovery/server_capabilities.h"

#include "unit/nextcloud/dav/transcript.h"

#include <gmock/gmock.h>

namespace mediadock::nextcloud {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string filesOnly(const std::string& files) {
  return R"({"ocs":{"data":{"capabilities":{"files":{)" + files + "}}}}}";
}

TEST(ServerCapabilities, AreReadFromTheRecordedAnswer) {
  const auto told = parseServerCapabilities(recordedResponse("093").body);

  ASSERT_TRUE(told);
  EXPECT_EQ(told->version, "32.0.1");
  EXPECT_EQ(told->maxChunkBytes, 104857600U);
  EXPECT_EQ(told->maxParallelChunks, 5U);
  EXPECT_THAT(told->forbiddenNames.value(), ElementsAre(".htaccess"));
  EXPECT_THAT(told->forbiddenBasenames.value(), IsEmpty());
  EXPECT_THAT(told->forbiddenCharacters.value(), ElementsAre("\\", "/"));
  EXPECT_THAT(told->forbiddenExtensions.value(), ElementsAre(".filepart", ".part"));
  EXPECT_FALSE(told->isWindowsCompatible);
}

TEST(ServerCapabilities, LeaveOpenWhatAnOlderServerDoesNotTell) {
  const auto told = parseServerCapabilities(filesOnly(R"("bigfilechunking":true)"));

  ASSERT_TRUE(told);
  EXPECT_FALSE(told->forbiddenNames);
  EXPECT_FALSE(told->maxChunkBytes);
}

TEST(ServerCapabilities, TakeFieldsOfAnotherTypeAsNotTold) {
  const auto told = parseServerCapabilities(
      filesOnly(R"("forbidden_filenames":"x","forbidden_filename_extensions":["",7,".y"],)"
                R"("chunked_upload":{"max_size":-1,"max_parallel_count":"5"})"));

  ASSERT_TRUE(told);
  EXPECT_FALSE(told->forbiddenNames);
  EXPECT_THAT(told->forbiddenExtensions.value(), ElementsAre(".y"));
  EXPECT_FALSE(told->maxChunkBytes);
  EXPECT_FALSE(told->maxParallelChunks);
}

TEST(ServerCapabilities, AreNotFoundInOtherAnswers) {
  EXPECT_FALSE(parseServerCapabilities("<html></html>"));
  EXPECT_FALSE(parseServerCapabilities("[]"));
  EXPECT_FALSE(parseServerCapabilities(recordedResponse("094").body));
}

}  // namespace
}  // namespace mediadock::nextcloud
