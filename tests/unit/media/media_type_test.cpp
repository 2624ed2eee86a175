#include "media/media_type.h"

#include <gtest/gtest.h>

namespace mediadock {
namespace {

struct TypeCase {
  std::string name;
  std::string mimeType;
  MediaType type;
};

class MediaTypeOfName : public testing::TestWithParam<TypeCase> {};

TEST_P(MediaTypeOfName, FollowsTheExtension) {
  EXPECT_EQ(mimeTypeOf(GetParam().name), GetParam().mimeType);
  EXPECT_EQ(mediaTypeOf(GetParam().mimeType), GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(
    Names, MediaTypeOfName,
    testing::Values(
        TypeCase{"a.jpg", "image/jpeg", MediaType::Photo},
        TypeCase{"A.B.JPEG", "image/jpeg", MediaType::Photo},
        TypeCase{"a.heic", "image/heic", MediaType::Photo},
        TypeCase{"a.svg", "image/svg+xml", MediaType::Photo},
        TypeCase{"a.mov", "video/quicktime", MediaType::Video},
        TypeCase{"a.mkv", "video/x-matroska", MediaType::Video},
        TypeCase{"a.m4a", "audio/mp4", MediaType::Audio},
        TypeCase{"a.3gp", "video/3gpp", MediaType::Video},
        TypeCase{"a.pdf", "application/pdf", MediaType::Document},
        TypeCase{"a.docx",
                 "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                 MediaType::Document},
        TypeCase{"a.odt", "application/vnd.oasis.opendocument.text", MediaType::Document},
        TypeCase{"a.csv", "text/csv", MediaType::Document},
        TypeCase{"a.zip", "application/zip", MediaType::Other},
        TypeCase{"jpg", "application/octet-stream", MediaType::Other},
        TypeCase{"a.", "application/octet-stream", MediaType::Other},
        TypeCase{"a.jpgx", "application/octet-stream", MediaType::Other}));

TEST(MediaTypeOf, IgnoresParametersAndCase) {
  EXPECT_EQ(mediaTypeOf("Application/PDF; version=1.7"), MediaType::Document);
  EXPECT_EQ(mediaTypeOf(""), MediaType::Other);
}

}  // namespace
}  // namespace mediadock
