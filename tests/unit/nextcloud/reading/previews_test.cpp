// Pictures that Nextcloud makes of files.

#include "reading/absent_previews.h"
#include "unit/nextcloud/scripted_world.h"

namespace mediadock::nextcloud {
namespace {

using testing::Contains;
using testing::Field;
using testing::HasSubstr;
using testing::StartsWith;

const auto kPicture = StoragePath::parse("picture.png");

class Previews : public ScriptedWorld {
 protected:
  Previews() {
    server.putFile("picture.png", "\x89PNG\r\n\x1a\n and so on");
    server.putFile("text.txt", "no picture");
    provider->check({});
  }

  void answerPreview(int status, const std::string& type, const std::string& body) {
    scripted::Answer answer;
    answer.status = status;
    answer.headers = {{"Content-Type", type}};
    answer.body = body;
    server.misbehave({.pathPart = "/core/preview", .action = scripted::AnswerWith{answer}});
  }
};

TEST_F(Previews, GiveAPictureWithItsOwnTypeSizeAndEtag) {
  const auto stream = provider->openPreview(kPicture, {.maxWidth = 32, .maxHeight = 16}, {});

  const auto& info = stream->info();
  EXPECT_EQ(info.entry.path, kPicture);
  EXPECT_EQ(info.entry.contentType, "image/png");
  EXPECT_TRUE(info.entry.etag);
  const auto content = readAll(*stream);
  EXPECT_EQ(content.size(), info.length);
  EXPECT_EQ(info.entry.size, info.length);
  EXPECT_THAT(content, StartsWith("\x89PNG"));
  // Not the last one: old uploads are swept meanwhile.
  EXPECT_THAT(server.requests(), Contains(Field(&scripted::LoggedRequest::target,
                                                HasSubstr("&x=32&y=16&a=1&forceIcon=0"))));
}

TEST_F(Previews, AreReadOnlyWhereTheyChanged) {
  const auto etag = provider->openPreview(kPicture, {}, {})->info().entry.etag;

  EXPECT_THAT([&] { provider->openPreview(kPicture, {.ifNoneMatch = etag}, {}); },
              ThrowsStorageError(StorageErrc::NotModified));
  EXPECT_NO_THROW(provider->openPreview(kPicture, {.ifNoneMatch = ETag{"other"}}, {}));
}

TEST_F(Previews, ThatAreAbsentAreNotFoundAndNotAskedForAgain) {
  const auto text = StoragePath::parse("text.txt");
  const auto before = requestsOf("GET", "/core/preview");

  EXPECT_THAT([&] { provider->openPreview(text, {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->openPreview(text, {.maxWidth = 9}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));

  EXPECT_EQ(requestsOf("GET", "/core/preview") - before, 1);
}

TEST_F(Previews, AreAskedForAgainOnceTheFileChanged) {
  const auto text = StoragePath::parse("text.txt");
  EXPECT_ANY_THROW(provider->openPreview(text, {}, {}));
  server.putFile("text.txt", "another version, of another length");
  const auto before = requestsOf("GET", "/core/preview");

  EXPECT_ANY_THROW(provider->openPreview(text, {}, {}));

  EXPECT_EQ(requestsOf("GET", "/core/preview") - before, 1);
}

TEST_F(Previews, OfNothingOrAFolderAreNotFound) {
  server.makeFolder("folder");

  EXPECT_THAT([&] { provider->openPreview(StoragePath::parse("gone.png"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_THAT([&] { provider->openPreview(StoragePath::parse("folder"), {}, {}); },
              ThrowsStorageError(StorageErrc::NotFound));
}

TEST_F(Previews, ThatAreBrokenAreNotFoundAndNotAskedForAgain) {
  const auto before = requestsOf("GET", "/core/preview");
  int broken = 0;
  for (const auto& [status, type] : {std::pair(200, "text/html"), {200, "image/png"}, {500, ""}}) {
    server.putFile("broken" + std::to_string(++broken), "\x89PNG\r\n\x1a\n");
    const auto path = StoragePath::parse("broken" + std::to_string(broken));
    server.behave();
    answerPreview(status, type, "");
    for (int i = 0; i < 2; ++i) {
      EXPECT_THAT([&] { provider->openPreview(path, {}, {}); },
                  ThrowsStorageError(StorageErrc::NotFound));
    }
  }

  EXPECT_EQ(requestsOf("GET", "/core/preview") - before, 3);
}

TEST_F(Previews, ThatAreARedirectAreNotFollowed) {
  answerPreview(303, "text/html", "");
  EXPECT_THAT([&] { provider->openPreview(kPicture, {}, {}); },
              ThrowsStorageError(StorageErrc::Protocol));
}

TEST_F(Previews, HaveAtLeastOnePixel) {
  EXPECT_THAT([&] { provider->openPreview(kPicture, {.maxWidth = 0}, {}); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
}

TEST_F(Previews, ASickServerIsNotRememberedAsAbsent) {
  server.misbehave({.pathPart = "/core/preview", .action = scripted::answerPage(503), .times = 5});
  EXPECT_ANY_THROW(provider->openPreview(kPicture, {}, {}));
  server.behave();

  EXPECT_NO_THROW(provider->openPreview(kPicture, {}, {}));
}

TEST(AbsentPreviews, AreForgottenAfterTheirLifetime) {
  AbsentPreviews absent;
  const auto now = AbsentPreviews::Clock::now();
  absent.remember("1 a", now);

  EXPECT_TRUE(absent.contains("1 a", now));
  EXPECT_FALSE(absent.contains("1 b", now));
  EXPECT_FALSE(absent.contains("1 a", now + AbsentPreviews::kLifetime));
}

TEST(AbsentPreviews, AreNoMoreThanSo) {
  AbsentPreviews absent;
  const auto now = AbsentPreviews::Clock::now();
  for (std::size_t i = 0; i <= AbsentPreviews::kMost; ++i) {
    absent.remember(std::to_string(i), now + std::chrono::seconds(i));
  }

  EXPECT_FALSE(absent.contains("0", now));
  EXPECT_TRUE(absent.contains(std::to_string(AbsentPreviews::kMost), now));
}

}  // namespace
}  // namespace mediadock::nextcloud
