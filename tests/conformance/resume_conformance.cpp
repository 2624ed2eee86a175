#include "conformance/provider_conformance.h"

namespace mediadock {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_P(ProviderConformance, LackingItIsSaidByEachCall_W37) {
  if (can().writeResume) {
    return;
  }
  const auto writer = openWrite(in("file"), 7);

  EXPECT_THAT([&] { writer->suspend(); }, ThrowsStorageError(StorageErrc::Unsupported));
  EXPECT_THAT([&] { resume("token", {.path = in("file")}, 7); },
              ThrowsStorageError(StorageErrc::Unsupported));
  EXPECT_THAT([&] { provider().dropWrite("token", context()); },
              ThrowsStorageError(StorageErrc::Unsupported));
}

TEST_P(ProviderConformance, AnotherProviderGoesOnWhereTheWriteWasSuspended_W37) {
  if (!canResume()) {
    return;
  }
  const std::string content = patternOf(5U << 20U);
  const auto third = content.size() / 3;
  auto token = suspendedWrite(in("file"), content.substr(0, third), content.size());
  {
    const auto writer = resume(token, {.path = in("file")}, content.size());
    write(*writer, content.substr(third, third));
    token = writer->suspend();
  }

  const auto writer = resume(token, {.path = in("file")}, content.size());
  write(*writer, content.substr(2 * third));
  writer->commit();

  EXPECT_TRUE(get(in("file")) == content);
}

TEST_P(ProviderConformance, ASizeNeedNotBeKnownToGoOn_W37) {
  if (!canResume() || !can().writeUnknownSize) {
    return;
  }
  std::string token;
  {
    const auto writer = provider().openWrite({.path = in("file")}, {}, context());
    write(*writer, "one ");
    token = writer->suspend();
  }

  const auto writer = resume(token, {.path = in("file")}, std::nullopt);
  write(*writer, "two");
  writer->commit();

  EXPECT_EQ(get(in("file")), "one two");
}

TEST_P(ProviderConformance, NothingOfASuspendedWriteIsVisible_W38) {
  if (!canResume()) {
    return;
  }
  put(in("old"), "old");

  suspendedWrite(in("old"), "ne", 3);
  suspendedWrite(in("new"), "ne", 3);

  EXPECT_EQ(get(in("old")), "old");
  EXPECT_FALSE(exists(in("new")));
  EXPECT_THAT(namesIn(in("")), ElementsAre("old"));
}

TEST_P(ProviderConformance, BytesBehindTheTokenAreDropped_W39) {
  if (!canResume()) {
    return;
  }
  const std::string lost = patternOf(3U << 20U);
  std::string token;
  {
    const auto writer = openWrite(in("file"), 7 + lost.size());
    write(*writer, "one ");
    token = writer->suspend();
    write(*writer, lost);
    writer->flush();
    writer->suspend();
  }

  const auto writer = resume(token, {.path = in("file")}, 7);
  write(*writer, "two");
  writer->commit();

  EXPECT_EQ(get(in("file")), "one two");
}

TEST_P(ProviderConformance, AStreamGoesOnAfterItWasSuspended_W40) {
  if (!canResume()) {
    return;
  }
  const auto writer = openWrite(in("file"), 13);

  writer->suspend();
  write(*writer, "one ");
  writer->suspend();
  write(*writer, "two ");
  writer->suspend();
  write(*writer, "three");
  writer->suspend();
  writer->commit();

  EXPECT_EQ(get(in("file")), "one two three");
}

TEST_P(ProviderConformance, AWriteSuspendedBeforeItsFirstByteGoesOn_W40) {
  if (!canResume()) {
    return;
  }
  const auto token = suspendedWrite(in("file"), "", 7);

  const auto writer = resume(token, {.path = in("file")}, 7);
  write(*writer, "content");
  writer->commit();

  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, AbortingDropsASuspendedWrite_W41) {
  if (!canResume()) {
    return;
  }
  const auto writer = openWrite(in("file"), 7);
  write(*writer, "con");
  const auto token = writer->suspend();
  writer->abort();
  const auto resumed = suspendedWrite(in("other"), "con", 7);
  resume(resumed, {.path = in("other")}, 7)->abort();

  EXPECT_THAT([&] { resume(token, {.path = in("file")}, 7); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { resume(resumed, {.path = in("other")}, 7); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT(namesIn(in("")), IsEmpty());
}

TEST_P(ProviderConformance, DroppingIsForGoodAndHarmlessWhenRepeated_W41) {
  if (!canResume()) {
    return;
  }
  const auto token = suspendedWrite(in("file"), "con", 7);

  provider().dropWrite(token, context());
  provider().dropWrite(token, context());

  EXPECT_THAT([&] { resume(token, {.path = in("file")}, 7); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_P(ProviderConformance, ACommittedWriteCannotBeResumedNorDropped_W41) {
  if (!canResume()) {
    return;
  }
  const auto writer = openWrite(in("file"), 7);
  write(*writer, "content");
  const auto token = writer->suspend();
  writer->commit();

  EXPECT_THAT([&] { resume(token, {.path = in("file")}, 7)->commit(); },
              ThrowsStorageError(StorageErrc::NotFound));
  provider().dropWrite(token, context());
  EXPECT_EQ(get(in("file")), "content");
}

TEST_P(ProviderConformance, AForeignTokenIsRefused_W42) {
  if (!canResume()) {
    return;
  }
  for (const std::string token : {"", "token", "../../etc/passwd@1", "0123.kept@", "@1"}) {
    SCOPED_TRACE(token);
    EXPECT_THAT([&] { resume(token, {.path = in("file")}, 7); },
                ThrowsStorageError(StorageErrc::InvalidArgument));
    EXPECT_THAT([&] { provider().dropWrite(token, context()); },
                ThrowsStorageError(StorageErrc::InvalidArgument));
  }
}

TEST_P(ProviderConformance, TheAnnouncedSizeHoldsForTheWhole_W43) {
  if (!canResume()) {
    return;
  }
  const auto few = suspendedWrite(in("few"), "con", 7);
  const auto many = suspendedWrite(in("many"), "con", 7);

  EXPECT_THAT([&] { resume(few, {.path = in("few")}, 7)->commit(); },
              ThrowsStorageError(StorageErrc::Truncated));
  EXPECT_THAT([&] { write(*resume(many, {.path = in("many")}, 7), "tents"); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_THAT(namesIn(in("")), IsEmpty());
}

TEST_P(ProviderConformance, AResumedWriteMayHaveAnotherTarget_W44) {
  if (!canResume() || !can().writeIfAbsent) {
    return;
  }
  put(in("file"), "old");
  const auto token = suspendedWrite(in("file"), "con", 7);

  const auto writer = resume(token, {.path = in("file"), .ifAbsent = true}, 7);
  write(*writer, "tent");
  EXPECT_THAT([&] { writer->commit(); }, ThrowsStorageError(StorageErrc::AlreadyExists));
  if (can().writeRetarget) {
    writer->retarget({.path = in("folder/file"), .ifAbsent = true});
    writer->commit();
    EXPECT_EQ(get(in("folder/file")), "content");
  }
  EXPECT_EQ(get(in("file")), "old");
}

}  // namespace
}  // namespace mediadock
