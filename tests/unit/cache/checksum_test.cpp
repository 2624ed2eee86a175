#include "cache/checksum.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mediadock {
namespace {

std::uint64_t sumOf(const std::string& text, std::uint64_t seed = 0) {
  Checksum sum(seed);
  sum.add(std::as_bytes(std::span(text)));
  return sum.value();
}

TEST(Checksum, IsTheSameHoweverTheBytesAreCut) {
  const std::string text = "nineteen characters";

  std::set<std::uint64_t> sums;
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Checksum sum;
    sum.add(std::as_bytes(std::span(text).first(cut)));
    sum.add(std::as_bytes(std::span(text).subspan(cut)));
    sums.insert(sum.value());
  }

  EXPECT_EQ(sums, std::set{sumOf(text)});
}

TEST(Checksum, DiffersForEachChangedBit) {
  const std::string text(100, 'a');
  std::set<std::uint64_t> sums{sumOf(text)};
  for (std::size_t i = 0; i < text.size() * 8; ++i) {
    std::string changed = text;
    changed[i / 8] = static_cast<char>(changed[i / 8] ^ (1 << (i % 8)));
    sums.insert(sumOf(changed));
  }

  EXPECT_EQ(sums.size(), 801U);
}

TEST(Checksum, CountsZerosAtTheEnd) {
  EXPECT_NE(sumOf(std::string(8, '\0')), sumOf(std::string(16, '\0')));
  EXPECT_NE(sumOf(std::string("a\0", 2)), sumOf("a"));
}

TEST(Checksum, DiffersBySeed) {
  EXPECT_NE(sumOf("text", 1), sumOf("text", 2));
}

}  // namespace
}  // namespace mediadock
