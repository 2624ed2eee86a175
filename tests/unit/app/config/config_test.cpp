#include "app/config/config.h"

#include "mediadock/storage_error.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"
#include "unit/app/config/config_of.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <string>

namespace mediadock::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr std::array<SettingSpec, 3> kShelf = {{
    {"root", "var/shelf", ""},
    {"username", "", ""},
    {"password", "", "", true},
}};

Settings sectionOf(std::vector<std::string> assignments, std::vector<std::string> others = {}) {
  return readProviderSection(readLayers({.assignments = std::move(assignments)}), "shelf", kShelf,
                             others);
}

TEST(ReadConfig, TakesAFolderForThePage) {
  const TempDirectory page;
  std::ofstream(page.path() / "index.html") << "page";

  EXPECT_EQ(configOf({"http.static_root=" + page.path().string()}).http.staticRoot, page.path());
}

TEST(ReadConfig, RefusesAFolderThatHasNoPage) {
  const TempDirectory empty;

  EXPECT_THAT(refusalOf({"http.static_root=" + empty.path().string()}),
              AllOf(HasSubstr("'http.static_root'"), HasSubstr("no index.html")));
  EXPECT_THAT(refusalOf({"http.static_root=/nowhere/at/all"}),
              AllOf(HasSubstr("'http.static_root'"), HasSubstr("is no folder")));
}

TEST(ReadConfig, FillsInTheDefaults) {
  const Config config = configOf({});

  EXPECT_EQ(config.http.address, "127.0.0.1:8080");
  EXPECT_EQ(config.http.maxConnections, 1024U);
  EXPECT_EQ(config.http.maxUploadBytes, 17179869184U);
  EXPECT_EQ(config.http.drainTimeout, std::chrono::seconds(30));
  EXPECT_EQ(config.providerName, "localdisk");
  EXPECT_TRUE(config.deniedTypes.isEmpty());
  EXPECT_EQ(config.recordsUrl, "sqlite:var/mediadock.db");
  EXPECT_EQ(config.log.level, LogLevel::Information);
  EXPECT_THAT(config.pluginPath, testing::Not(testing::IsEmpty()));
}

TEST(ReadConfig, LooksForPluginsInAbsoluteFoldersOnly) {
  EXPECT_THAT(configOf({}).pluginPath,
              testing::Each(testing::Property(&std::filesystem::path::is_absolute, true)));
}

TEST(ReadConfig, TakesAnEmptyValueForNotSet) {
  EXPECT_EQ(configOf({"http.max_connections="}).http.maxConnections, 1024U);
}

TEST(ReadConfig, GivesTheLogsFormatToTheAccessLog) {
  EXPECT_EQ(configOf({"log.format=json"}).http.accessLogFormat, http::LogFormat::Json);
}

TEST(ReadConfig, SplitsThePluginPath) {
  EXPECT_THAT(configOf({"storage.plugin_path=/a:/b"}).pluginPath, testing::ElementsAre("/a", "/b"));
}

TEST(ReadConfig, TakesDeniedTypes) {
  EXPECT_TRUE(
      configOf({"uploads.denied_types=text/html, video/*"}).deniedTypes.contains("video/mp4"));
  EXPECT_THAT(refusalOf({"uploads.denied_types=html"}),
              AllOf(HasSubstr("'uploads.denied_types'"), HasSubstr("no media type")));
}

TEST(ReadConfig, NamesTheKeyAndSourceOfAWrongNumber) {
  EXPECT_THAT(
      refusalOf({"http.max_connections=many"}),
      AllOf(HasSubstr("'http.max_connections'"), HasSubstr("whole number"), HasSubstr("--set")));
}

TEST(ReadConfig, NamesTheVariableOfAWrongNumber) {
  const ConfigInput input{.environment = {{"MEDIADOCK_HTTP_DRAIN_TIMEOUT_S", "-1"}}};

  EXPECT_THAT([&] { readConfig(readLayers(input)); },
              testing::Throws<StorageError>(testing::Property(
                  &StorageError::what, HasSubstr("MEDIADOCK_HTTP_DRAIN_TIMEOUT_S (environment)"))));
}

TEST(ReadConfig, NamesTheWordsThatALevelCanBe) {
  EXPECT_THAT(refusalOf({"log.level=loud"}), HasSubstr("debug, error, information, warning"));
}

TEST(ReadConfig, RefusesAnAddressWithoutPort) {
  EXPECT_THAT(refusalOf({"http.address=127.0.0.1"}), HasSubstr("host:port"));
}

TEST(ReadConfig, RefusesAPortThatIsNone) {
  EXPECT_THAT(refusalOf({"http.address=127.0.0.1:65536"}), HasSubstr("host:port"));
}

TEST(ReadConfig, RefusesACertificateWithoutKey) {
  EXPECT_THAT(refusalOf({"http.tls.certificate=/c.pem"}), HasSubstr("http.tls.key"));
}

TEST(ReadConfig, RefusesAKeyWithoutCertificate) {
  EXPECT_THAT(refusalOf({"http.tls.key=/k.pem"}), HasSubstr("http.tls.certificate"));
}

TEST(ReadConfig, RefusesToServeAnybodyFromOutside) {
  EXPECT_THAT(refusalOf({"http.address=0.0.0.0:8080"}), HasSubstr("auth.allow_anonymous=true"));
}

TEST(ReadConfig, ServesAnybodyFromOutsideWhereTold) {
  EXPECT_EQ(configOf({"http.address=0.0.0.0:8080", "auth.allow_anonymous=true"}).http.address,
            "0.0.0.0:8080");
}

TEST(ReadConfig, RefusesAnUnknownWayToKnowCallers) {
  EXPECT_THAT(refusalOf({"auth.mode=magic"}), HasSubstr("auth.mode"));
}

TEST(ReadConfig, ReadsTheNetworksOfProxies) {
  const auto proxies =
      configOf({"http.trusted_proxies=10.0.0.0/8, ::1"}).http.admission.trustedProxies;

  ASSERT_EQ(proxies.size(), 2U);
  EXPECT_TRUE(proxies[0].contains(*http::IpAddress::parse("10.1.2.3")));
  EXPECT_TRUE(proxies[1].contains(*http::IpAddress::parse("::1")));
}

TEST(ReadConfig, NamesTheEntryThatIsNoNetwork) {
  EXPECT_THAT(refusalOf({"http.trusted_proxies=10.0.0.0/8,proxy"}),
              AllOf(HasSubstr("'http.trusted_proxies'"), HasSubstr("'proxy'"), HasSubstr("--set")));
  EXPECT_THAT(refusalOf({"http.trusted_proxies=10.0.0.0/8,,::1"}), HasSubstr("''"));
}

TEST(ReadConfig, X58ReadsExactOrigins) {
  EXPECT_THAT(configOf({"http.cors.allowed_origins=https://a.test,http://b.test:8080"})
                  .http.admission.allowedOrigins,
              testing::ElementsAre(*http::Origin::parse("https://a.test"),
                                   *http::Origin::parse("http://b.test:8080")));
}

TEST(ReadConfig, X58NamesTheEntryThatIsNoOrigin) {
  for (const char* entry : {"*", "null", "https://*.a.test", "https://a.test/", "a.test"}) {
    EXPECT_THAT(refusalOf({std::string("http.cors.allowed_origins=https://b.test,") + entry}),
                HasSubstr(std::string("'") + entry + "'"));
  }
}

TEST(ReadConfig, KnowsAWorkstationByItsOwnNamesOnly) {
  EXPECT_THAT(configOf({}).http.admission.allowedHosts,
              testing::ElementsAre("localhost", "127.0.0.1", "[::1]"));
  EXPECT_THAT(configOf({"http.address=0.0.0.0:80", "auth.allow_anonymous=true"})
                  .http.admission.allowedHosts,
              testing::IsEmpty());
}

TEST(ReadConfig, KnowsTheHostByTheNamesThatAreListed) {
  EXPECT_THAT(
      configOf({"http.allowed_hosts=Console.example.test, [::1]"}).http.admission.allowedHosts,
      testing::ElementsAre("console.example.test", "[::1]"));
  EXPECT_THAT(refusalOf({"http.allowed_hosts=a.test:8080"}), HasSubstr("'a.test:8080'"));
  EXPECT_THAT(refusalOf({"http.allowed_hosts=https://a.test"}), HasSubstr("'https://a.test'"));
}

TEST(ReadConfig, HasNoLimitOfRequestsByDefault) {
  EXPECT_EQ(configOf({}).http.admission.requestLimit.interval.count(), 0);
}

TEST(ReadConfig, ReadsTheLimitOfRequests) {
  const auto limit =
      configOf({"limits.requests_per_second=20", "limits.burst=100"}).http.admission.requestLimit;

  EXPECT_EQ(limit.interval, std::chrono::milliseconds(50));
  EXPECT_EQ(limit.burst, 100U);
  EXPECT_EQ(configOf({"limits.requests_per_second=20"}).http.admission.requestLimit.burst, 20U);
}

TEST(ReadConfig, RefusesABurstWithoutARate) {
  EXPECT_THAT(refusalOf({"limits.burst=10"}), HasSubstr("limits.requests_per_second"));
}

TEST(ReadConfig, ReadsHowLongAndWhereUnfinishedUploadsWait) {
  const auto uploads = configOf({"uploads.expire_after_s=3600", "uploads.spool_directory=/spool",
                                 "uploads.spool_max_bytes=0", "uploads.max_unfinished=5",
                                 "uploads.max_unfinished_bytes=1000"})
                           .resumableUploads;

  EXPECT_EQ(uploads.expireAfter, std::chrono::hours(1));
  EXPECT_EQ(uploads.spoolDirectory, "/spool");
  EXPECT_EQ(uploads.spoolMaxBytes, 0U);
  EXPECT_EQ(uploads.perOwner.uploads, 5U);
  EXPECT_EQ(uploads.perOwner.bytes, 1000U);
}

TEST(ReadConfig, LetsNoUploadWaitLongerThanStoragesKeepIt) {
  EXPECT_THAT(refusalOf({"uploads.expire_after_s=604801"}), HasSubstr("uploads.expire_after_s"));
}

TEST(ReadConfig, ReadsWhereAndHowMuchIsCached) {
  const auto cache = configOf({"cache.directory=/cache", "cache.max_bytes=0"}).cache;

  EXPECT_EQ(cache.directory, "/cache");
  EXPECT_EQ(cache.maxBytes, 0U);
  EXPECT_EQ(configOf({}).cache.maxBytes, 1073741824U);
  EXPECT_THAT(refusalOf({"cache.max_bytes=-1"}), HasSubstr("cache.max_bytes"));
}

TEST(ReadConfig, RefusesAnUnknownKey) {
  EXPECT_THAT(refusalOf({"log.levle=debug"}), HasSubstr("'log.level'"));
}

TEST(ReadProviderSection, GivesTheKeysWithoutTheirPrefix) {
  EXPECT_EQ(sectionOf({"storage.shelf.root=/srv"}).text("root"), "/srv");
}

TEST(ReadProviderSection, LeavesDefaultsToTheProvider) {
  EXPECT_THAT(sectionOf({}).values(), testing::IsEmpty());
}

TEST(ReadProviderSection, ReadsTheEnvironment) {
  const ConfigInput input{.environment = {{"MEDIADOCK_STORAGE_SHELF_ROOT", "/srv"}}};

  EXPECT_EQ(readProviderSection(readLayers(input), "shelf", kShelf, {}).text("root"), "/srv");
}

TEST(ReadProviderSection, RefusesAnUnknownKeyOfTheProvider) {
  EXPECT_THAT([] { sectionOf({"storage.shelf.rot=/srv"}); },
              testing::Throws<StorageError>(
                  testing::Property(&StorageError::what, HasSubstr("'storage.shelf.root'"))));
}

TEST(ReadProviderSection, RefusesAMisspeltHostKeyBelowStorage) {
  EXPECT_THAT([] { sectionOf({"storage.providr=shelf"}); },
              testing::Throws<StorageError>(
                  testing::Property(&StorageError::what, HasSubstr("'storage.provider'"))));
}

TEST(ReadProviderSection, AllowsTheSectionOfAnotherProvider) {
  EXPECT_NO_THROW(sectionOf({"storage.attic.anything=x"}, {"attic", "shelf"}));
}

TEST(ReadProviderSection, RefusesTheSectionOfAProviderThatIsNotThere) {
  EXPECT_THAT([] { sectionOf({"storage.attic.root=x"}, {"shelf"}); },
              ThrowsStorageError(StorageErrc::ConfigInvalid));
}

TEST(RedactorFor, HidesSecretsAndTheirBasicCredentials) {
  const Settings section({{"username", "Aladdin"}, {"password", "open sesame"}});

  const Redactor redactor = redactorFor({}, section, kShelf);

  EXPECT_EQ(redactor.redact("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="), "Basic [redacted]");
  EXPECT_EQ(redactor.redact("Aladdin says open sesame"), "Aladdin says [redacted]");
}

TEST(RedactorFor, HidesThePasswordOfTheDatabase) {
  const Config config = configOf({"records.password=s3cret"});

  EXPECT_EQ(redactorFor(config, {}, {}).redact("with s3cret"), "with [redacted]");
}

TEST(RedactorFor, HidesThePasswordWithinAUrl) {
  const Settings section(Settings::Values{{"root", "https://me:s3cret@cloud.example.test/"}});

  EXPECT_EQ(redactorFor({}, section, kShelf).redact("with s3cret"), "with [redacted]");
}

}  // namespace
}  // namespace mediadock::app
