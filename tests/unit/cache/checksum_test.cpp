#include "cache/checksum.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace mediadock::cache {
namespace {

TEST(Checksum, IsTheSameHoweverTheBytesAreCut) {
  // Longer than the 256 bytes that XXH3 buffers.
  const std::string text(300, 'a');
  std::set<std::uint64_t> sums;
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Checksum sum;
    sum.add(std::as_bytes(std::span(text).first(cut)));
    sum.add(std::as_bytes(std::span(text).subspan(cut)));
    sums.insert(sum.value());
  }

  EXPECT_EQ(sums, std::set{XXH3_64bits(text.data(), text.size())});
}

TEST(Checksum, MayGoOnAfterItsValueWasTaken) {
  const std::string text = "begin and end";
  Checksum sum;
  sum.add(std::as_bytes(std::span(text).first(5)));
  const auto before = sum.value();
  sum.add(std::as_bytes(std::span(text).subspan(5)));

  EXPECT_NE(sum.value(), before);
  EXPECT_EQ(sum.value(), XXH3_64bits(text.data(), text.size()));
}

}  // namespace
}  // namespace mediadock::cache
