#include "http/syntax/gzip.h"

#include "support/unpacked.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::http {
namespace {

TEST(Gzip, CanBeUndone) {
  std::string text = "one entry, ";
  for (int i = 0; i < 12; ++i) {
    text += text;
  }

  for (const Effort effort : {Effort::Fast, Effort::Utmost}) {
    const std::string packed = gzip(text, effort);
    EXPECT_LT(packed.size(), text.size() / 20);
    EXPECT_EQ(unpacked(packed), text);
  }
  EXPECT_EQ(unpacked(gzip("", Effort::Fast)), "");
}

TEST(PackedEtag, IsAnotherOfTheSameStrength) {
  EXPECT_EQ(packedEtag(ETag{"ab"}).str(), "\"ab-gzip\"");
  EXPECT_EQ(packedEtag(ETag{"ab", true}).str(), "W/\"ab-gzip\"");
}

}  // namespace
}  // namespace mediadock::http
