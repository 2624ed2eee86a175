#include "http/access/api_keys.h"

#include "http/syntax/digest.h"
#include "support/storage_error_matcher.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

using testing::HasSubstr;

std::string line(const std::string& name, const std::string& key, const std::string& rest) {
  return name + ":" + sha256Hex(key) + ":" + rest + "\n";
}

std::string keyRefusalOf(const std::string& text) {
  try {
    ApiKeys::parse(text);
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), StorageErrc::ConfigInvalid);
    return error.what();
  }
  ADD_FAILURE() << "was accepted: " << text;
  return {};
}

TEST(ApiKeys, KnowTheCallerOfAKey) {
  const auto keys =
      ApiKeys::parse(line("scanner", "k1", "read,write:A/B") + line("anna", "k2", "read delete"));

  const auto scanner = keys.find("k1");
  const auto anna = keys.find("k2");

  ASSERT_TRUE(scanner && anna);
  EXPECT_EQ(scanner->name, "scanner");
  EXPECT_EQ(scanner->method, AuthMethod::ApiKey);
  EXPECT_EQ(scanner->scopes, (Scopes{Scope::Read, Scope::Write}));
  EXPECT_EQ(scanner->folders, std::vector{StoragePath::parse("A/B")});
  EXPECT_EQ(anna->scopes, (Scopes{Scope::Read, Scope::Delete}));
  EXPECT_EQ(anna->folders, std::vector{StoragePath()});
}

TEST(ApiKeys, KnowNobodyByAnotherKey) {
  const auto keys = ApiKeys::parse(line("anna", "k", "read"));

  EXPECT_FALSE(keys.find("K"));
  EXPECT_FALSE(keys.find(""));
  EXPECT_FALSE(keys.find("k "));
  EXPECT_FALSE(keys.find(sha256Hex("k"))) << "the file's content is no key";
  EXPECT_FALSE(ApiKeys().find(""));
}

TEST(ApiKeys, X16CompareTheWholeOfEachDigest) {
  // Both differ from a known digest at its very end and its very beginning only: what is compared
  // is a digest, so that no key is nearer to being right than another.
  const std::string digest = sha256Hex("k");
  std::string end = digest;
  end.back() = end.back() == '0' ? '1' : '0';
  std::string begin = digest;
  begin.front() = begin.front() == '0' ? '1' : '0';
  const auto keys = ApiKeys::parse("a:" + end + ":read\nb:" + begin + ":read\n");

  EXPECT_FALSE(keys.find("k"));
}

TEST(ApiKeys, MayHaveOneNameWhileAKeyIsReplaced) {
  const auto keys = ApiKeys::parse(line("anna", "old", "read") + line("anna", "new", "read"));

  EXPECT_EQ(keys.find("old")->name, "anna");
  EXPECT_EQ(keys.find("new")->name, "anna");
}

TEST(ApiKeys, PassOverCommentsAndEmptyLines) {
  EXPECT_TRUE(ApiKeys::parse("# nobody\n\n  \r\n").isEmpty());
  EXPECT_TRUE(ApiKeys::parse("").isEmpty());
  EXPECT_TRUE(ApiKeys::parse("  " + line("anna", "k", "read\r")).find("k"));
}

TEST(ApiKeys, TakeAPrefixWithColons) {
  const auto keys = ApiKeys::parse(line("anna", "k", "read:A:B/C"));

  EXPECT_EQ(keys.find("k")->folders, std::vector{StoragePath::parse("A:B/C")});
}

TEST(ApiKeys, NameTheLineThatIsWrong) {
  const std::string good = line("anna", "k", "read");

  EXPECT_THAT(keyRefusalOf("# keys\n" + good + "nonsense\n"), HasSubstr("line 3: "));
  EXPECT_THAT(keyRefusalOf("anna:" + std::string(63, 'a') + ":read"), HasSubstr("64 hex digits"));
  EXPECT_THAT(keyRefusalOf(line("", "k", "read")), HasSubstr("name"));
  EXPECT_THAT(keyRefusalOf(line("anna", "k", "read,wirte")), HasSubstr("'wirte'"));
  EXPECT_THAT(keyRefusalOf(line("anna", "k", "")), HasSubstr("no scope"));
  EXPECT_THAT(keyRefusalOf(line("anna", "k", "read:")), HasSubstr("prefix is empty"));
  EXPECT_THAT(keyRefusalOf(line("anna", "k", "read:../x")), HasSubstr("line 1: "));
  EXPECT_THAT(keyRefusalOf(line("anna", "k", "read:/x")), HasSubstr("line 1: "));
  EXPECT_THAT(keyRefusalOf(good + line("bert", "k", "write")), HasSubstr("twice"));
}

}  // namespace
}  // namespace mediadock::http
