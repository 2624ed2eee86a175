#include "media/types/media_type.h"

#include "media/thumbnails/thumbnail_type.h"
#include "media/types/extension_types.h"
#include "media/types/media_type_name.h"
#include "media/types/type_trust.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace mediadock::media {
namespace {

struct TypeCase {
  std::string name;
  std::string mimeType;
  records::MediaType type;
};

class MediaTypeOfName : public testing::TestWithParam<TypeCase> {};

TEST_P(MediaTypeOfName, FollowsTheExtension) {
  EXPECT_EQ(mimeTypeOf(GetParam().name), GetParam().mimeType);
  EXPECT_EQ(mediaTypeOf(GetParam().mimeType), GetParam().type);
}

INSTANTIATE_TEST_SUITE_P(
    Names, MediaTypeOfName,
    testing::Values(
        TypeCase{"a.jpg", "image/jpeg", records::MediaType::Photo},
        TypeCase{"A.B.JPEG", "image/jpeg", records::MediaType::Photo},
        TypeCase{"a.heic", "image/heic", records::MediaType::Photo},
        TypeCase{"a.svg", "image/svg+xml", records::MediaType::Photo},
        TypeCase{"a.mov", "video/quicktime", records::MediaType::Video},
        TypeCase{"a.mkv", "video/x-matroska", records::MediaType::Video},
        TypeCase{"a.m4a", "audio/mp4", records::MediaType::Audio},
        TypeCase{"a.3gp", "video/3gpp", records::MediaType::Video},
        TypeCase{"a.pdf", "application/pdf", records::MediaType::Document},
        TypeCase{"a.docx",
                 "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                 records::MediaType::Document},
        TypeCase{"a.odt", "application/vnd.oasis.opendocument.text", records::MediaType::Document},
        TypeCase{"a.csv", "text/csv", records::MediaType::Document},
        TypeCase{"a.jfif", "image/jpeg", records::MediaType::Photo},
        TypeCase{"a.JPE", "image/jpeg", records::MediaType::Photo},
        TypeCase{"a.hif", "image/heif", records::MediaType::Photo},
        TypeCase{"a.dng", "image/x-adobe-dng", records::MediaType::Photo},
        TypeCase{"a.oga", "audio/ogg", records::MediaType::Audio},
        TypeCase{"a.weba", "audio/webm", records::MediaType::Audio},
        TypeCase{"a.amr", "audio/AMR", records::MediaType::Audio},
        TypeCase{"a.wmv", "video/x-ms-wmv", records::MediaType::Video},
        TypeCase{"a.mts", "video/mp2t", records::MediaType::Video},
        TypeCase{"a.log", "text/x-log", records::MediaType::Document},
        TypeCase{"a.msg", "application/vnd.ms-outlook", records::MediaType::Document},
        TypeCase{"a.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12",
                 records::MediaType::Document},
        TypeCase{"a.zip", "application/zip", records::MediaType::Other},
        TypeCase{"jpg", "application/octet-stream", records::MediaType::Other},
        TypeCase{"a.", "application/octet-stream", records::MediaType::Other},
        TypeCase{"a.jpgx", "application/octet-stream", records::MediaType::Other}));

TEST(MediaTypeOf, IgnoresParametersAndCase) {
  EXPECT_EQ(mediaTypeOf("Application/PDF; version=1.7"), records::MediaType::Document);
  EXPECT_EQ(mediaTypeOf(""), records::MediaType::Other);
}

/// What shared-mime-info says, by its files of the freedesktop.org specification.
class SharedMimeInfo {
 public:
  SharedMimeInfo() {
    std::ifstream globs("/usr/share/mime/globs2");
    for (std::string line; std::getline(globs, line);) {
      // weight:type:glob
      const auto type = line.find(':') + 1;
      const auto glob = line.find(':', type);
      const bool isDoubtful = std::strtol(line.c_str(), nullptr, 10) < 50;
      if (type == 0 || isDoubtful || glob == line.npos || line.compare(glob, 3, ":*.") != 0) {
        continue;
      }
      const auto extension = line.substr(glob + 3);
      if (extension.find('.') == extension.npos) {
        types_.emplace(extension, canonicalMediaType(line.substr(type, glob - type)));
      }
    }
    std::ifstream aliases("/usr/share/mime/aliases");
    for (std::string alias, type; aliases >> alias >> type;) {
      names_[canonicalMediaType(alias)] = canonicalMediaType(type);
    }
  }

  const std::multimap<std::string, std::string>& types() const { return types_; }

  bool knows(std::string_view extension) const { return types_.contains(std::string(extension)); }

  bool hasType(std::string_view extension, std::string_view type) const {
    const auto [begin, end] = types_.equal_range(std::string(extension));
    return std::any_of(begin, end, [&](const auto& known) {
      return known.second == canonicalMediaType(type) || known.second == nameOf(type);
    });
  }

 private:
  std::string nameOf(std::string_view type) const {
    const auto found = names_.find(canonicalMediaType(type));
    return found == names_.end() ? "" : found->second;
  }

  std::multimap<std::string, std::string> types_;
  std::map<std::string, std::string> names_;
};

TEST(ExtensionTypes, AreThoseOfSharedMimeInfo) {
  // SVG that is packed runs in a browser as it does unpacked.
  const std::set<std::string_view> ours{"svgz"};
  const SharedMimeInfo info;
  ASSERT_GT(info.types().size(), 500U) << "is shared-mime-info installed?";

  std::size_t compared = 0;
  for (const auto& [extension, type] : extensionTypes()) {
    if (info.knows(extension) && !ours.contains(extension)) {
      EXPECT_TRUE(info.hasType(extension, type)) << extension << " " << type;
      ++compared;
    }
  }
  EXPECT_GT(compared, 200U);
}

TEST(ExtensionTypes, KnowAllThatRunsInABrowser) {
  const SharedMimeInfo info;
  for (const auto& [extension, type] : info.types()) {
    if (runsInBrowser(type)) {
      EXPECT_TRUE(runsInBrowser(mimeTypeOf("a." + extension))) << extension << " " << type;
    }
  }
}

TEST(ExtensionTypes, OfPicturesThatHaveThumbnailsHaveThemUnderEachOfTheirNames) {
  const SharedMimeInfo info;
  for (const auto& [extension, type] : info.types()) {
    if (hasThumbnails(type)) {
      EXPECT_TRUE(hasThumbnails(mimeTypeOf("a." + extension))) << extension << " " << type;
    }
  }
  EXPECT_TRUE(hasThumbnails(mimeTypeOf("a.jfif")));
}

}  // namespace
}  // namespace mediadock::media
