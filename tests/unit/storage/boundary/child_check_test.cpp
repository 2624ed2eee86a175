#include "storage/boundary/child_check.h"

#include <gtest/gtest.h>

#include <string>

namespace mediadock::storage {
namespace {

using Answer = SeenNames::Answer;

std::string nameOf(std::size_t number) {
  return "photo " + std::to_string(number) + ".jpg";
}

TEST(SeenNames, TellsEachNameFromThoseBefore) {
  SeenNames names;

  for (std::size_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(names.see(nameOf(i)), Answer::New) << i;
  }
  for (std::size_t i = 0; i < 10'000; ++i) {
    ASSERT_EQ(names.see(nameOf(i)), Answer::Seen) << i;
  }
}

TEST(SeenNames, WatchesAPartOfWhatIsTooMany) {
  SeenNames names;
  constexpr std::size_t kMany = SeenNames::kMost * 8;
  for (std::size_t i = 0; i < kMany; ++i) {
    ASSERT_NE(names.see(nameOf(i)), Answer::Seen) << i;
  }

  std::size_t seen = 0;
  for (std::size_t i = 0; i < kMany; ++i) {
    const auto answer = names.see(nameOf(i));
    ASSERT_NE(answer, Answer::New) << i;
    seen += answer == Answer::Seen ? 1 : 0;
  }

  EXPECT_LE(seen, SeenNames::kMost);
  EXPECT_GE(seen, SeenNames::kMost / 4);
}

}  // namespace
}  // namespace mediadock::storage
