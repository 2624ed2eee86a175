#include "http/listings/cursor.h"

#include "support/problem_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

TEST(CursorSigner, OpensWhatItSealed) {
  const CursorSigner signer;

  const std::string cursor = signer.seal("browse a", "Фото/1.png");

  EXPECT_EQ(signer.open("browse a", cursor), "Фото/1.png");
  EXPECT_EQ(cursor.find_first_of("+/="), std::string::npos);
}

TEST(CursorSigner, RefusesACursorOfAnotherListing) {
  const CursorSigner signer;
  const std::string cursor = signer.seal("browse a", "b");

  EXPECT_THAT([&] { signer.open("browse ab", cursor); }, ThrowsProblem(400));
  EXPECT_THAT([&] { signer.open("browse ", signer.seal("browse a", "b")); }, ThrowsProblem(400));
}

TEST(CursorSigner, RefusesACursorOfAnotherKey) {
  const std::string cursor = CursorSigner("one").seal("a", "b");

  EXPECT_THAT([&] { CursorSigner("two").open("a", cursor); }, ThrowsProblem(400));
}

TEST(CursorSigner, RefusesEverySingleChangedCharacter) {
  const CursorSigner signer("key");
  const std::string cursor = signer.seal("scope", "position");

  for (std::size_t i = 0; i < cursor.size(); ++i) {
    std::string forged = cursor;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT([&] { signer.open("scope", forged); }, ThrowsProblem(400)) << i;
  }
}

TEST(CursorSigner, RefusesWhatIsNoCursor) {
  const CursorSigner signer;

  EXPECT_THAT([&] { signer.open("a", ""); }, ThrowsProblem(400));
  EXPECT_THAT([&] { signer.open("a", "!!"); }, ThrowsProblem(400));
  EXPECT_THAT([&] { signer.open("a", "AAAA"); }, ThrowsProblem(400));
}

}  // namespace
}  // namespace mediadock::http
