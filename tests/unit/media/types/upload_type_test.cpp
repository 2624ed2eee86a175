// What kind of file comes in, told by its name, its declared type and its bytes.

#include "media/types/denied_types.h"
#include "support/file_beginnings.h"
#include "unit/media/media_fixture.h"

#include <gmock/gmock.h>

namespace mediadock::media {
namespace {

using namespace beginnings;
using testing::IsEmpty;

struct TypeOfUpload {
  const char* label;
  const char* deniedTypes;
  const char* name;
  const char* declared;
  std::string content;
  bool isTaken;
};

class UploadType : public testing::TestWithParam<TypeOfUpload> {};

TEST_P(UploadType, DecidesWhetherTheFileIsTaken) {
  const auto& row = GetParam();
  MediaWorld world("", row.deniedTypes);
  bool hasAskedTheStorage = false;
  world.onStep([&](const std::string& step) { hasAskedTheStorage |= step == "before openWrite"; });
  const UploadFields fields{.folder = "A"_path, .declaredType = row.declared};

  if (row.isTaken) {
    world.upload(row.name, fields, row.content);
  } else {
    EXPECT_THROW(world.upload(row.name, fields, row.content), RefusedType);
    EXPECT_THAT(world.files(), IsEmpty());
    EXPECT_FALSE(hasAskedTheStorage);
  }
  world.expectInStep();
}

INSTANTIATE_TEST_SUITE_P(
    All, UploadType,
    testing::Values(
        TypeOfUpload{"HonestPicture", "", "a.png", "image/png", kPng, true},
        TypeOfUpload{"HonestPage", "", "a.html", "text/html", kHtml, true},
        TypeOfUpload{"HonestDrawing", "", "a.svg", "image/svg+xml", kSvg, true},
        TypeOfUpload{"ListingAsText", "", "a.txt", "text/plain", kHtml, true},
        TypeOfUpload{"TextAsPicture", "", "a.png", "image/png", "no picture", true},
        TypeOfUpload{"U26DeclaredPicture", "", "a", "image/png", kHtml, false},
        TypeOfUpload{"U26NamedPicture", "", "a.png", "", kHtml, false},
        TypeOfUpload{"U26NamedPictureDeclaredPage", "", "a.png", "text/html", kHtml, false},
        TypeOfUpload{"U26NamedPageDeclaredPicture", "", "a.html", "image/png", kHtml, false},
        TypeOfUpload{"U26Drawing", "", "a.jpg", "image/jpeg", kSvg, false},
        TypeOfUpload{"U26Pdf", "", "a.pdf", "application/pdf", kHtmlBeforePdf, false},
        TypeOfUpload{"U26Wide", "", "a.mp4", "video/mp4", utf16(kHtml), false},
        TypeOfUpload{"U27ByName", "text/html", "a.html", "", "plain", false},
        TypeOfUpload{"U27ByNameInDisguise", "text/html", "a.ht\u202Eml", "", "plain", false},
        TypeOfUpload{"U27Declared", "text/html", "a", "Text/HTML; charset=utf-8", "plain", false},
        TypeOfUpload{"U27ByBytes", "text/html", "a.bin", "", kHtml, false},
        TypeOfUpload{"U27Program", "application/x-msdownload", "a.jpg", "image/jpeg",
                     kWindowsProgram, false},
        TypeOfUpload{"U27WholeKind", "image/*", "a.bin", "", kPng, false},
        TypeOfUpload{"U27Another", "video/*", "a.png", "image/png", kPng, true},
        TypeOfUpload{"Empty", "text/html", "a.bin", "", "", true}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(UploadTypeOfALongFile, U26IsKnownBeforeTheStorageGetsAByte) {
  MediaWorld world;
  const auto upload = world.service->uploads().start("a.png", {.folder = "A"_path}, world.context);
  const std::string page = kHtml + std::string(TypeSniffer::kBytes, ' ');
  bool hasAskedTheStorage = false;
  world.onStep([&](const std::string& step) { hasAskedTheStorage |= step == "before openWrite"; });

  EXPECT_THROW(upload->write(std::as_bytes(std::span(page))), RefusedType);

  EXPECT_FALSE(hasAskedTheStorage);
}

TEST(UploadTypeOfALongFile, DoesNotDependOnThePiecesItComesIn) {
  MediaWorld world;
  std::string content = kPng;
  for (int i = 0; content.size() < 3 * TypeSniffer::kBytes; ++i) {
    content += std::to_string(i);
  }
  for (const std::size_t size : {std::size_t{1}, std::size_t{1000}, TypeSniffer::kBytes,
                                 TypeSniffer::kBytes + 1, content.size()}) {
    const UploadFields fields{.folder = "A"_path};
    const auto upload = world.service->uploads().start("a.png", fields, world.context);
    for (std::size_t at = 0; at < content.size(); at += size) {
      upload->write(
          std::as_bytes(std::span(content).subspan(at, std::min(size, content.size() - at))));
    }
    EXPECT_EQ(world.contentOf(upload->commit(fields).path), content) << size;
  }
  world.expectInStep();
}

TEST(UploadTypeOfALongFile, IsRememberedForWhoeverReadsTheFile) {
  MediaWorld world;

  const auto record = world.upload("a.png", {.folder = "A"_path}, kPng);

  EXPECT_EQ(world.service->types().find(record.path, *record.etag)->type, "image/png");
}

}  // namespace
}  // namespace mediadock::media
