#include "records/media_record.h"

#include <gtest/gtest.h>

namespace mediadock::records {
namespace {

TEST(MediaRecord, NamesItsTypes) {
  EXPECT_EQ(toString(MediaType::Photo), "photo");
  EXPECT_EQ(toString(MediaType::Other), "other");
  EXPECT_EQ(parseMediaType("document"), MediaType::Document);
  EXPECT_EQ(parseMediaType("Document"), std::nullopt);
}

TEST(MediaRecord, NamesItsDirections) {
  EXPECT_EQ(toString(Direction::Internal), "internal");
  EXPECT_EQ(parseDirection("received"), Direction::Received);
  EXPECT_EQ(parseDirection(""), std::nullopt);
}

}  // namespace
}  // namespace mediadock::records
