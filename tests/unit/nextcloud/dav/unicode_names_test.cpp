// One file under two spellings: Nextcloud keeps the composed one.

#include "dav/unicode_form.h"
#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

const auto kNfc = StoragePath::parse("Gr\u00fc\u00dfe/\u00e9.txt");
const auto kNfd = StoragePath::parse("Gru\u0308\u00dfe/e\u0301.txt");

class UnicodeNames : public ScriptedWorld {};

TEST(ToNfc, ComposesAndLeavesTheRest) {
  EXPECT_EQ(toNfc(kNfd), kNfc);
  EXPECT_EQ(toNfc(kNfc), kNfc);
  EXPECT_EQ(toNfc("plain"), "plain");
  EXPECT_EQ(toNfc(""), "");
}

TEST_F(UnicodeNames, CommitTellsTheNameThatTheServerKeeps_Problem11) {
  const auto entry = put(kNfd, "content");

  EXPECT_EQ(entry.path, kNfc);
  const auto listed = provider->list(kNfc.parent(), {}, {}).entries;
  ASSERT_EQ(listed.size(), 1U);
  EXPECT_EQ(listed[0], entry);
  EXPECT_EQ(server.readFile(kNfc.str()), "content");
}

TEST_F(UnicodeNames, RequestsGoOutComposed_Problem11) {
  put(kNfd, "content");

  EXPECT_EQ(requestsOf("PUT", "u\u0308") + requestsOf("MKCOL", "u\u0308"), 0);
  EXPECT_GT(requestsOf("PUT", "\u00e9.txt") + requestsOf("MOVE", ".file"), 0);
}

TEST_F(UnicodeNames, ADecomposedNameDoesNotReplaceTheComposedFile_Trap10) {
  put(kNfc, "old");

  const auto stream = provider->openWrite({.path = kNfd, .ifAbsent = true}, {.size = 3}, {});
  stream->write(std::as_bytes(std::span("new", 3)));

  EXPECT_THAT([&] { stream->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(server.readFile(kNfc.str()), "old");
}

TEST_F(UnicodeNames, EveryCallFindsTheFileUnderEitherSpelling_Problem11) {
  put(kNfc, "content");

  const auto entry = provider->stat(kNfd, {});
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->path, kNfc);
  EXPECT_EQ(provider->list(kNfd.parent(), {}, {}).entries.size(), 1U);
  EXPECT_EQ(provider->list(kNfd.parent(), {}, {}).entries[0].path, kNfc);
  const auto stream = provider->openRead(kNfd, {}, {});
  EXPECT_EQ(stream->info().entry.path, kNfc);
  EXPECT_EQ(readAll(*stream), "content");
  EXPECT_EQ(provider->copy(kNfd, kNfd.parent().child("o\u0308"), Overwrite::Never, {}).path,
            kNfc.parent().child("\u00f6"));
  provider->remove(kNfd, {}, {});
  EXPECT_FALSE(server.exists(kNfc.str()));
}

TEST_F(UnicodeNames, ARetargetedStreamEndsUnderTheComposedName) {
  const auto stream = provider->openWrite({.path = StoragePath::parse("a")}, {.size = 0}, {});

  stream->retarget({.path = kNfd});

  EXPECT_EQ(stream->commit().path, kNfc);
}

TEST_F(UnicodeNames, ABasePathMayBeDecomposed) {
  const auto below = open(server.url(), kNfd.parent().str());
  const auto stream = below->openWrite({.path = StoragePath::parse("a")}, {.size = 0}, {});
  stream->commit();

  EXPECT_TRUE(server.exists(kNfc.parent().child("a").str()));
  EXPECT_EQ(below->list({}, {}, {}).entries.size(), 1U);
}

}  // namespace
}  // namespace mediadock::nextcloud
