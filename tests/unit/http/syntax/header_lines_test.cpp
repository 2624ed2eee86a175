#include "http/syntax/header_lines.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace mediadock::http {
namespace {

TEST(HeaderLines, StandInTheOrderTheyWereSet) {
  HeaderLines lines;
  lines.set("A", "1");
  lines.set("Bee", "");

  EXPECT_EQ(lines.text(), "A: 1\r\nBee: \r\n");
}

TEST(HeaderLines, ReplaceOneOfTheSameNameInAnyCase) {
  for (const std::string name : {"One", "TWO", "three"}) {
    HeaderLines lines;
    lines.set("One", "1");
    lines.set("Two", "22");
    lines.set("Three", "333");
    lines.set(name, "new");
    lines.set(name, "newer");

    std::string expected;
    for (const std::string line : {"One: 1\r\n", "Two: 22\r\n", "Three: 333\r\n"}) {
      expected +=
          (line[0] | 0x20) == (name[0] | 0x20) && (line[1] | 0x20) == (name[1] | 0x20) ? "" : line;
    }
    EXPECT_EQ(lines.text(), expected + name + ": newer\r\n");
  }
}

TEST(HeaderLines, TakeNoNameForABeginningOfAnother) {
  HeaderLines lines;
  lines.set("Content-Type", "a/b");
  lines.set("Content", "c");
  lines.set("Content-Type-Options", "d");

  EXPECT_EQ(lines.text(), "Content-Type: a/b\r\nContent: c\r\nContent-Type-Options: d\r\n");
}

TEST(HeaderLines, HoldNothingThatWouldBeALineOfItsOwn) {
  HeaderLines lines;

  EXPECT_THROW(lines.set("A", "b\r\nEvil: 1"), std::invalid_argument);
  EXPECT_THROW(lines.set("A\r\nEvil", "1"), std::invalid_argument);
  EXPECT_THROW(lines.set("", "1"), std::invalid_argument);
  EXPECT_EQ(lines.text(), "");
}

TEST(HeaderLines, AreGoneOnceCleared) {
  HeaderLines lines;
  lines.set("A", "1");
  lines.clear();
  lines.set("B", "2");
  lines.set("b", "3");

  EXPECT_EQ(lines.text(), "b: 3\r\n");
}

}  // namespace
}  // namespace mediadock::http
