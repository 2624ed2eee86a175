#include "media/types/denied_types.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

TEST(DeniedTypes, AreNoneByDefault) {
  EXPECT_TRUE(DeniedTypes("").isEmpty());
  EXPECT_FALSE(DeniedTypes().contains("text/html"));
}

TEST(DeniedTypes, HoldInAnySpelling) {
  const DeniedTypes denied(" Text/HTML, ,image/svg+xml");

  EXPECT_TRUE(denied.contains("text/html"));
  EXPECT_TRUE(denied.contains("TEXT/html; charset=utf-8"));
  EXPECT_TRUE(denied.contains("image/svg+xml"));
  EXPECT_FALSE(denied.contains("text/htm"));
  EXPECT_FALSE(denied.contains(""));
  EXPECT_THAT(denied.list(), testing::ElementsAre("text/html", "image/svg+xml"));
}

TEST(DeniedTypes, HoldUnderEveryNameOfAType) {
  const DeniedTypes denied("application/x-dosexec");

  EXPECT_TRUE(denied.contains("application/x-msdownload"));
  EXPECT_TRUE(denied.contains("application/vnd.microsoft.portable-executable"));
}

TEST(DeniedTypes, MayBeAWholeKind) {
  const DeniedTypes denied("video/*");

  EXPECT_TRUE(denied.contains("video/mp4"));
  EXPECT_FALSE(denied.contains("image/png"));
  EXPECT_FALSE(denied.contains("videos/x"));
}

TEST(DeniedTypes, RefuseWhatIsNoMediaType) {
  for (const char* list : {"html", "text/", "/html", "*/*", "text/h*", "a/b/c", "text/html;q=1"}) {
    EXPECT_THAT([&] { DeniedTypes{list}; }, ThrowsStorageError(StorageErrc::ConfigInvalid)) << list;
  }
}

}  // namespace
}  // namespace mediadock::media
