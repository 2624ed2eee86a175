#include "http/exchange/caller.h"

#include <gmock/gmock.h>

namespace mediadock::http {
namespace {

Caller confinedTo(const std::vector<std::string>& folders) {
  Caller caller{.name = "anna", .scopes = {Scope::Read}};
  for (const std::string& folder : folders) {
    caller.folders.push_back(StoragePath::parse(folder));
  }
  return caller;
}

bool mayAccess(const Caller& caller, const std::string& path) {
  return caller.mayAccess(StoragePath::parse(path));
}

TEST(Caller, MayDoNothingAsItIsMade) {
  const Caller nobody;

  EXPECT_FALSE(nobody.isKnown());
  EXPECT_FALSE(nobody.has(Scope::Read));
  EXPECT_FALSE(mayAccess(nobody, ""));
  EXPECT_FALSE(mayAccess(nobody, "a"));
}

TEST(Caller, AnybodyMayDoEverythingEverywhere) {
  const Caller anybody = Caller::anybody();

  EXPECT_FALSE(anybody.isKnown());
  EXPECT_TRUE(anybody.has(Scope::Admin));
  EXPECT_TRUE(mayAccess(anybody, ""));
  EXPECT_TRUE(mayAccess(anybody, "a/b"));
}

TEST(Caller, X05ReachesByWholeSegmentsAndExactly) {
  const Caller caller = confinedTo({"Media/secret"});

  EXPECT_TRUE(mayAccess(caller, "Media/secret"));
  EXPECT_TRUE(mayAccess(caller, "Media/secret/a/b"));
  EXPECT_FALSE(mayAccess(caller, "Media/secrets"));
  EXPECT_FALSE(mayAccess(caller, "media/secret"));
  EXPECT_FALSE(mayAccess(caller, "Media"));
  EXPECT_FALSE(mayAccess(caller, ""));
}

TEST(Caller, ReachesWhatAnyOfItsFoldersHolds) {
  const Caller caller = confinedTo({"a", "b/c"});

  EXPECT_TRUE(mayAccess(caller, "a/x"));
  EXPECT_TRUE(mayAccess(caller, "b/c/x"));
  EXPECT_FALSE(mayAccess(caller, "b/x"));
}

TEST(Caller, SaysWhatItDoesNotReach) {
  EXPECT_THROW(confinedTo({"a"}).requireReach(StoragePath::parse("b")), PathForbidden);
  EXPECT_NO_THROW(confinedTo({"a"}).requireReach(StoragePath::parse("a/b")));
}

TEST(Scopes, ContainNoOther) {
  const Scopes scopes{Scope::Admin};

  EXPECT_TRUE(scopes.has(Scope::Admin));
  EXPECT_FALSE(scopes.has(Scope::Read));
  EXPECT_FALSE(scopes.isEmpty());
  EXPECT_TRUE(Scopes().isEmpty());
}

TEST(ParseScope, KnowsTheFourWordsOnly) {
  for (const Scope scope : {Scope::Read, Scope::Write, Scope::Delete, Scope::Admin}) {
    EXPECT_EQ(parseScope(toString(scope)), scope);
  }
  EXPECT_EQ(parseScope("Read"), std::nullopt);
  EXPECT_EQ(parseScope(""), std::nullopt);
}

}  // namespace
}  // namespace mediadock::http
