#include "http/access/url_signer.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using std::chrono::sys_seconds;

const sys_seconds kSignedAt{seconds(1700000000)};

SignedTarget targetOf(const std::string& path = "a/b", const std::string& version = "v1",
                      std::string_view purpose = "file") {
  return {.purpose = purpose, .path = StoragePath::parse(path), .version = version};
}

TEST(UrlSigner, VerifiesWhatItHasSigned) {
  const UrlSigner signer({"first key"});

  EXPECT_TRUE(signer.holds(signer.sign(targetOf(), kSignedAt), targetOf(), kSignedAt));
}

TEST(UrlSigner, X07SignsForOnePathVersionAndPurpose) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kSignedAt);

  for (const char* path : {"a/c", "a", "a/b/c", "", "A/b", "a/b2"}) {
    EXPECT_FALSE(signer.holds(signature, targetOf(path), kSignedAt)) << path;
  }
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", "v2"), kSignedAt));
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", ""), kSignedAt));
  EXPECT_FALSE(signer.holds(signature, targetOf("a/b", "v1", "thumbnail"), kSignedAt));
}

TEST(UrlSigner, KeepsItsFieldsApart) {
  const UrlSigner signer({"first key"});

  EXPECT_FALSE(
      signer.holds(signer.sign(targetOf("a", "b"), kSignedAt), targetOf("a/b", ""), kSignedAt));
  EXPECT_FALSE(signer.holds(signer.sign(targetOf("a", "x\nb"), kSignedAt), targetOf("a\\x", "b"),
                            kSignedAt));
}

TEST(UrlSigner, GivesTheSameForHours) {
  const UrlSigner signer({"first key"});
  const auto begin = sys_seconds(std::chrono::floor<hours>(kSignedAt.time_since_epoch()) / 6 * 6);

  EXPECT_EQ(signer.sign(targetOf(), begin), signer.sign(targetOf(), begin + hours(6) - seconds(1)));
  EXPECT_NE(signer.sign(targetOf(), begin), signer.sign(targetOf(), begin + hours(6)));
}

TEST(UrlSigner, HoldsForOnePeriodAtLeastAndTwoAtMost) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kSignedAt);

  EXPECT_TRUE(signer.holds(signature, targetOf(), kSignedAt + UrlSigner::kPeriod));
  EXPECT_FALSE(signer.holds(signature, targetOf(), kSignedAt + 2 * UrlSigner::kPeriod));
}

TEST(UrlSigner, RefusesALaterExpiry) {
  const UrlSigner signer({"first key"});
  std::string signature = signer.sign(targetOf(), kSignedAt);
  ++signature[signature.find('.') + 1];

  EXPECT_FALSE(signer.holds(signature, targetOf(), kSignedAt));
}

TEST(UrlSigner, VerifiesWithKeysThatSignNoMore) {
  const std::string old = UrlSigner({"old key"}).sign(targetOf(), kSignedAt);
  const UrlSigner both({"new key", "old key"});

  EXPECT_TRUE(both.holds(old, targetOf(), kSignedAt));
  EXPECT_NE(both.sign(targetOf(), kSignedAt), old);
  EXPECT_FALSE(UrlSigner({"new key"}).holds(old, targetOf(), kSignedAt));
}

TEST(UrlSigner, MakesAKeyOfItsOwnWhereItIsGivenNone) {
  const UrlSigner one({});
  const UrlSigner other({});

  EXPECT_TRUE(one.holds(one.sign(targetOf(), kSignedAt), targetOf(), kSignedAt));
  EXPECT_FALSE(other.holds(one.sign(targetOf(), kSignedAt), targetOf(), kSignedAt));
}

TEST(UrlSigner, X16RefusesEverySignatureThatDiffers) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kSignedAt);

  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string forged = signature;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(signer.holds(forged, targetOf(), kSignedAt)) << forged;
    EXPECT_FALSE(signer.holds(signature.substr(0, i), targetOf(), kSignedAt)) << i;
  }
  EXPECT_FALSE(signer.holds(signature + "A", targetOf(), kSignedAt));
}

TEST(UrlSigner, RefusesWhatHasNoForm) {
  const UrlSigner signer({"first key"});
  const std::string signature = signer.sign(targetOf(), kSignedAt);
  const std::string id = signature.substr(0, signature.find('.'));

  for (const std::string& text : {std::string(), std::string("."), std::string(".."), id + "..",
                                  id + ".99999999999999999999.", id + ".-1.x", id + ". 1.x"}) {
    EXPECT_FALSE(signer.holds(text, targetOf(), kSignedAt)) << text;
  }
}

}  // namespace
}  // namespace mediadock::http
