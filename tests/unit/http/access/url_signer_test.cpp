#include "http/access/url_signer.h"

#include <gmock/gmock.h>

namespace mediadock {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

const sys_seconds kNow{seconds(1700000000)};

SignedTarget targetOf(const std::string& path = "a/b", const std::string& version = "v1",
                      std::string_view purpose = "file") {
  return {.purpose = purpose, .path = StoragePath::parse(path), .version = version};
}

TEST(UrlSigner, VerifiesWhatItHasSigned) {
  const UrlSigner signer({"first key"});

  EXPECT_TRUE(signer.holds(signer.sign(targetOf(), kNow), targetOf(), kNow));
}

TEST(UrlSigner, X07SignsForOnePathVersionAndPurpose) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kNow);

  for (const char* path : {"a/c", "a", "a/b/c", "", "A/b", "a/b2"}) {
    EXPECT_FALSE(signer.holds(signature, targetOf(path), kNow)) << path;
  }
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", "v2"), kNow));
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", ""), kNow));
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", "v1", "thumbnail"), kNow));
}

TEST(UrlSigner, KeepsItsFieldsApart) {
  const UrlSigner signer({"first key"});

  EXPECT_FALSE(signer.holds(signer.sign(targetOf("a", "b"), kNow), targetOf("a/b", ""), kNow));
  EXPECT_FALSE(signer.holds(signer.sign(targetOf("a", "x\nb"), kNow), targetOf("a\\x", "b"), kNow));
}

TEST(UrlSigner, GivesTheSameForHours) {
  const UrlSigner signer({"first key"});
  const auto begin = sys_seconds(std::chrono::floor<hours>(kNow.time_since_epoch()) / 6 * 6);

  EXPECT_EQ(signer.sign(targetOf(), begin), signer.sign(targetOf(), begin + hours(6) - seconds(1)));
  EXPECT_NE(signer.sign(targetOf(), begin), signer.sign(targetOf(), begin + hours(6)));
}

TEST(UrlSigner, HoldsForOnePeriodAtLeastAndTwoAtMost) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kNow);

  EXPECT_TRUE(signer.holds(signature, targetOf(), kNow + UrlSigner::kPeriod));
  EXPECT_FALSE(signer.holds(signature, targetOf(), kNow + 2 * UrlSigner::kPeriod));
}

TEST(UrlSigner, RefusesALaterExpiry) {
  const UrlSigner signer({"first key"});
  std::string signature = signer.sign(targetOf(), kNow);
  ++signature[signature.find('.') + 1];

  EXPECT_FALSE(signer.holds(signature, targetOf(), kNow));
}

TEST(UrlSigner, VerifiesWithKeysThatSignNoMore) {
  const std::string old = UrlSigner({"old key"}).sign(targetOf(), kNow);
  const UrlSigner both({"new key", "old key"});

  EXPECT_TRUE(both.holds(old, targetOf(), kNow));
  EXPECT_NE(both.sign(targetOf(), kNow), old);
  EXPECT_FALSE(UrlSigner({"new key"}).holds(old, targetOf(), kNow));
}

TEST(UrlSigner, MakesAKeyOfItsOwnWhereItIsGivenNone) {
  const UrlSigner one({});
  const UrlSigner other({});

  EXPECT_TRUE(one.holds(one.sign(targetOf(), kNow), targetOf(), kNow));
  EXPECT_FALSE(other.holds(one.sign(targetOf(), kNow), targetOf(), kNow));
}

TEST(UrlSigner, X16RefusesEverySignatureThatDiffers) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kNow);

  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string forged = signature;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(signer.holds(forged, targetOf(), kNow)) << forged;
    EXPECT_FALSE(signer.holds(signature.substr(0, i), targetOf(), kNow)) << i;
  }
  EXPECT_FALSE(signer.holds(signature + "A", targetOf(), kNow));
}

TEST(UrlSigner, RefusesWhatHasNoForm) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kNow);
  const std::string id = signature.substr(0, signature.find('.'));

  for (const std::string& text : {std::string(), std::string("."), std::string(".."), id + "..",
                                  id + ".99999999999999999999.", id + ".-1.x", id + ". 1.x"}) {
    EXPECT_FALSE(signer.holds(text, targetOf(), kNow)) << text;
  }
}

}  // namespace
}  // namespace mediadock
