#include "mediadock/storage_path.h"

#include "support/storage_error_matcher.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

using testing::ElementsAre;

class AcceptedPath : public testing::TestWithParam<const char*> {};

TEST_P(AcceptedPath, StaysAsItIs) {
  EXPECT_EQ(StoragePath::parse(GetParam()).str(), GetParam());
}

INSTANTIATE_TEST_SUITE_P(StoragePath, AcceptedPath,
                         testing::Values("", "a", "a/b c/d.png", "Φωτό №1 50% #2.png", "...",
                                         ".hidden", "a\\b", "%2e%2e", " leading and trailing ",
                                         "\xF0\x9F\x98\x80", "12:30.jpg", "\xED\x9F\xBF"));

class RefusedPath : public testing::TestWithParam<std::string> {};

TEST_P(RefusedPath, IsInvalid) {
  EXPECT_THAT([] { StoragePath::parse(GetParam()); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

INSTANTIATE_TEST_SUITE_P(StoragePath, RefusedPath,
                         testing::Values("/", "/a", "a/", "a//b", ".", "..", "a/./b", "a/../b",
                                         "../a", std::string("a\0b", 3), "a\nb", "a\x7F",
                                         "\xC2\x85", "\xC0\xAE", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                         "\x80", "a\xE2\x82", "\xFF", std::string(256, 'n'), [] {
                                           std::string deep = "d";
                                           while (deep.size() <= StoragePath::kMaxPathBytes) {
                                             deep += "/d";
                                           }
                                           return deep;
                                         }()));

TEST(StoragePath, KnowsItsParts) {
  const auto path = StoragePath::parse("a/b/c.txt");

  EXPECT_EQ(path.name(), "c.txt");
  EXPECT_EQ(path.parent(), StoragePath::parse("a/b"));
  EXPECT_THAT(path.segments(), ElementsAre("a", "b", "c.txt"));
  EXPECT_TRUE(StoragePath::parse("a").parent().isRoot());
  EXPECT_TRUE(StoragePath().parent().isRoot());
  EXPECT_TRUE(StoragePath().segments().empty());
}

TEST(StoragePath, ChildTakesOneNameOnly) {
  const auto folder = StoragePath::parse("a");

  EXPECT_EQ(folder.child("b").str(), "a/b");
  EXPECT_EQ(StoragePath().child("b").str(), "b");
  EXPECT_THAT([&] { folder.child("b/c"); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { folder.child(".."); }, ThrowsStorageError(StorageErrc::InvalidPath));
  EXPECT_THAT([&] { folder.child(""); }, ThrowsStorageError(StorageErrc::InvalidPath));
}

TEST(StoragePath, IsWithinJudgesWholeSegments) {
  const auto sub = StoragePath::parse("a/sub");

  EXPECT_TRUE(sub.isWithin(sub));
  EXPECT_TRUE(StoragePath::parse("a/sub/x").isWithin(sub));
  EXPECT_TRUE(sub.isWithin(StoragePath()));
  EXPECT_FALSE(StoragePath::parse("a/sub2").isWithin(sub));
  EXPECT_FALSE(StoragePath::parse("a").isWithin(sub));
}

TEST(StoragePath, RebasedReplacesTheFront) {
  const auto from = StoragePath::parse("a/b");
  const auto to = StoragePath::parse("x");

  EXPECT_EQ(StoragePath::parse("a/b/c").rebased(from, to).str(), "x/c");
  EXPECT_EQ(from.rebased(from, to), to);
  EXPECT_EQ(StoragePath::parse("a/b/c").rebased(from, StoragePath()).str(), "c");
  EXPECT_EQ(StoragePath::parse("c").rebased(StoragePath(), to).str(), "x/c");
}

}  // namespace
}  // namespace mediadock
