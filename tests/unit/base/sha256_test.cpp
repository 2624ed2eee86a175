#include "base/sha256.h"

#include <Poco/Crypto/DigestEngine.h>
#include <gtest/gtest.h>

namespace mediadock::base {
namespace {

std::span<const std::byte> asBytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::string content(std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += static_cast<char>(i * 31 % 251);
  }
  return text;
}

std::string expected(const std::string& text) {
  Poco::Crypto::DigestEngine engine("SHA256");
  engine.update(text);
  return Poco::DigestEngine::digestToHex(engine.digest());
}

TEST(Sha256, IsTheDigestThatOthersCompute) {
  Sha256 digest;
  EXPECT_EQ(digest.hex(), expected(""));

  digest.update(asBytes(content(1000)));

  EXPECT_EQ(digest.hex(), expected(content(1000)));
  EXPECT_EQ(digest.hex(), expected(content(1000))) << "asking changes nothing";
}

TEST(Sha256, GoesOnFromItsStateWhereverItStands) {
  const std::string text = content(300);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 first;
    first.update(asBytes(text).first(cut));

    auto second = Sha256::restore(first.state());
    ASSERT_TRUE(second) << cut;
    second->update(asBytes(text).subspan(cut));

    EXPECT_EQ(second->hex(), expected(text)) << cut;
  }
}

TEST(Sha256, CountsBeyondFourGibibits) {
  const std::string block = content(1U << 20U);
  Sha256 whole;
  auto restored = std::optional(Sha256());
  for (int i = 0; i < 520; ++i) {
    whole.update(asBytes(block));
    restored->update(asBytes(block));
    restored = Sha256::restore(restored->state());
    ASSERT_TRUE(restored);
  }

  EXPECT_EQ(restored->hex(), whole.hex());
}

TEST(Sha256, GoesOnFromNothingElse) {
  Sha256 digest;
  digest.update(asBytes("abc"));
  const std::string state = digest.state();

  for (const std::string& bad : {std::string(), std::string("x"), state.substr(2), state + "00",
                                 state.substr(0, state.size() - 1), "g" + state.substr(1)}) {
    EXPECT_FALSE(Sha256::restore(bad)) << bad;
  }
}

}  // namespace
}  // namespace mediadock::base
