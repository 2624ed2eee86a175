#include "app/config/access_config.h"

#include "app/config/config.h"
#include "http/syntax/digest.h"
#include "mediadock/storage_error.h"
#include "support/temp_directory.h"
#include "unit/app/config/config_of.h"
#include "unit/app/write_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mediadock::app {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

const std::string kKey = "0123456789abcdef0123456789abcdef";
const std::string kOtherKey = "fedcba9876543210fedcba9876543210";

http::AccessSettings accessOf(std::vector<std::string> assignments) {
  return configOf(std::move(assignments)).http.access;
}

TEST(ReadAccess, AsksNobodyByDefault) {
  EXPECT_EQ(accessOf({}).mode, http::AuthMode::None);
}

TEST(ReadAccess, ReadsTokens) {
  const auto access =
      accessOf({"auth.mode=jwt", "auth.jwt.secret=" + kKey, "auth.jwt.issuer=i",
                "auth.jwt.audience=a", "auth.jwt.cookie=session", "auth.hide_denied=true"});

  EXPECT_EQ(access.mode, http::AuthMode::Jwt);
  EXPECT_TRUE(access.jwt.key);
  EXPECT_EQ(access.jwt.issuer, "i");
  EXPECT_EQ(access.jwt.audience, "a");
  EXPECT_EQ(access.jwt.cookie, "session");
  EXPECT_TRUE(access.hideDenied);
}

TEST(ReadAccess, ReadsApiKeys) {
  const TempDirectory folder;
  const auto file = writeFile(folder.path() / "keys", "anna:" + http::sha256Hex("k") + ":read\n");

  const auto access = accessOf({"auth.mode=api_key", "auth.api_keys_file=" + file.string()});

  EXPECT_EQ(access.mode, http::AuthMode::ApiKey);
  EXPECT_TRUE(access.apiKeys.find("k"));
}

TEST(ReadAccess, NamesFileAndLineOfAWrongApiKey) {
  const TempDirectory folder;
  const auto file = writeFile(folder.path() / "keys", "# keys\nanna:1234:read\n");

  EXPECT_THAT(refusalOf({"auth.mode=api_key", "auth.api_keys_file=" + file.string()}),
              AllOf(HasSubstr("auth.api_keys_file"), HasSubstr("line 2"), HasSubstr("--set")));
}

TEST(ReadAccess, RefusesAModeWithoutWhatItNeeds) {
  EXPECT_THAT(refusalOf({"auth.mode=jwt"}), HasSubstr("auth.jwt.secret"));
  EXPECT_THAT(refusalOf({"auth.mode=api_key"}), HasSubstr("auth.api_keys_file"));
  EXPECT_THAT(
      refusalOf({"auth.mode=jwt", "auth.jwt.secret=" + kKey, "auth.jwt.public_key_file=/k"}),
      HasSubstr("not both"));
}

TEST(ReadAccess, RefusesKeysThatWouldProtectNothing) {
  EXPECT_THAT(refusalOf({"auth.jwt.secret=" + kKey}), HasSubstr("auth.mode is not jwt"));
  EXPECT_THAT(refusalOf({"auth.jwt.issuer=i"}), HasSubstr("auth.jwt.issuer"));
  EXPECT_THAT(refusalOf({"auth.api_keys_file=/k"}), HasSubstr("auth.mode is not api_key"));
  EXPECT_THAT(refusalOf({"auth.mode=jwt", "auth.jwt.secret=" + kKey, "auth.api_keys_file=/k"}),
              HasSubstr("auth.mode is not api_key"));
}

TEST(ReadAccess, RefusesWeakSecretsWithoutShowingThem) {
  EXPECT_THAT(refusalOf({"auth.mode=jwt", "auth.jwt.secret=tooshort"}),
              AllOf(HasSubstr("32 bytes"), testing::Not(HasSubstr("tooshort"))));
  EXPECT_THAT(refusalOf({"auth.url_signing_key=" + kKey + ",tooshort"}),
              AllOf(HasSubstr("32 bytes"), testing::Not(HasSubstr("tooshort"))));
}

TEST(ReadAccess, RefusesAFileThatCannotBeUsed) {
  const TempDirectory folder;
  const auto noKey = writeFile(folder.path() / "key", "-----BEGIN NOTHING-----");
  const auto empty = writeFile(folder.path() / "empty", "# nobody\n");

  EXPECT_THAT(refusalOf({"auth.mode=jwt", "auth.jwt.public_key_file=/nowhere"}),
              HasSubstr("'/nowhere'"));
  EXPECT_THAT(refusalOf({"auth.mode=jwt", "auth.jwt.public_key_file=" + noKey.string()}),
              HasSubstr("BEGIN PUBLIC KEY"));
  EXPECT_THAT(refusalOf({"auth.mode=api_key", "auth.api_keys_file=/nowhere"}),
              HasSubstr("'/nowhere'"));
  EXPECT_THAT(refusalOf({"auth.mode=api_key", "auth.api_keys_file=" + empty.string()}),
              HasSubstr("without any key"));
}

TEST(ReadAccess, RefusesACookieThatCannotBe) {
  EXPECT_THAT(refusalOf({"auth.mode=jwt", "auth.jwt.secret=" + kKey, "auth.jwt.cookie=a;b"}),
              HasSubstr("auth.jwt.cookie"));
}

TEST(ReadAccess, SplitsSigningKeys) {
  EXPECT_THAT(accessOf({"auth.url_signing_key=" + kKey + ", " + kOtherKey}).urlSigningKeys,
              ElementsAre(kKey, kOtherKey));
}

TEST(ReadAccess, ServesFromOutsideWhereCallersAreKnown) {
  EXPECT_EQ(configOf({"http.address=0.0.0.0:8080", "auth.mode=jwt", "auth.jwt.secret=" + kKey})
                .http.address,
            "0.0.0.0:8080");
}

TEST(RedactorFor, KnowsWhatTokensAndUrlsAreSignedWith) {
  const auto config = configOf({"auth.mode=jwt", "auth.jwt.secret=" + kKey,
                                "auth.url_signing_key=" + kOtherKey + "," + kKey + "2"});
  const auto redactor = redactorFor(config, Settings(), {});

  EXPECT_EQ(redactor.redact(kKey + " " + kOtherKey + " " + kKey + "2"),
            "[redacted] [redacted] [redacted]");
}

}  // namespace
}  // namespace mediadock::app
