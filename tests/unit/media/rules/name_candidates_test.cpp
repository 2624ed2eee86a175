#include "media/rules/name_candidates.h"

#include "mediadock/storage_path.h"

#include <gtest/gtest.h>

namespace mediadock::media {
namespace {

struct NameCase {
  std::string name;
  std::string expected;
};

class NumberedName : public testing::TestWithParam<NameCase> {};

TEST_P(NumberedName, PutsTheNumberBeforeTheExtension) {
  EXPECT_EQ(numberedName(GetParam().name, 2, 255), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Names, NumberedName,
                         testing::Values(NameCase{"photo.jpg", "photo (2).jpg"},
                                         NameCase{"README", "README (2)"},
                                         NameCase{"archive.tar.gz", "archive (2).tar.gz"},
                                         NameCase{".tar.gz", ".tar (2).gz"},
                                         NameCase{"a.b.c", "a.b (2).c"},
                                         NameCase{".profile", ".profile (2)"},
                                         NameCase{".config.json", ".config (2).json"},
                                         NameCase{"ends with dot.", "ends with dot. (2)"},
                                         NameCase{"Offer No. 5 of May", "Offer No. 5 of May (2)"},
                                         NameCase{"photo (2).jpg", "photo (2) (2).jpg"},
                                         NameCase{"Φωτό.png", "Φωτό (2).png"}));

TEST(NumberedNameLength, CutsAtACodePoint) {
  const std::string name = std::string(247, 'a') + "éé.jpg";  // 255 bytes.

  const auto numbered = numberedName(name, 2, 255);

  EXPECT_EQ(numbered, std::string(247, 'a') + " (2).jpg");
  const auto cut = numberedName("a" + std::string(245, 'a') + "éé.jpg", 10, 255);
  EXPECT_EQ(cut, std::string(246, 'a') + " (10).jpg");
  EXPECT_TRUE(isValidUtf8(cut));
}

TEST(NumberedNameLength, UsesAllTheRoomThereIs) {
  EXPECT_EQ(numberedName(std::string(251, 'a') + ".jpg", 2, 255).size(), 255U);
  EXPECT_EQ(numberedName("12345678.jpg", 2, 12), "1234 (2).jpg");
}

}  // namespace
}  // namespace mediadock::media
