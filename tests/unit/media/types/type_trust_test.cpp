#include "media/types/type_trust.h"

#include <gtest/gtest.h>

namespace mediadock::media {
namespace {

const SniffedType kSniffedPng{.type = "image/png"};
const SniffedType kSniffedHtml{.type = "text/html", .isText = true};
const SniffedType kPlainText{.type = "text/plain", .isText = true};
const SniffedType kNothing{.type = SniffedType::kEmpty, .isText = true};
const SniffedType kUnknownBytes;

TEST(IsSafeInline, H10H12TakesOnlyTypesThatCannotRunScript) {
  EXPECT_TRUE(isSafeInline("image/png"));
  EXPECT_TRUE(isSafeInline("IMAGE/JPEG"));
  EXPECT_TRUE(isSafeInline("audio/mpeg"));
  EXPECT_TRUE(isSafeInline("video/mp4"));
  EXPECT_TRUE(isSafeInline("text/plain; charset=utf-8"));
  EXPECT_TRUE(isSafeInline("application/pdf"));
  EXPECT_FALSE(isSafeInline("image/svg+xml"));
  EXPECT_FALSE(isSafeInline("Image/SVG+XML; charset=utf-8"));
  EXPECT_FALSE(isSafeInline("text/html"));
  EXPECT_FALSE(isSafeInline("application/xhtml+xml"));
  EXPECT_FALSE(isSafeInline("application/octet-stream"));
  EXPECT_FALSE(isSafeInline(""));
}

TEST(RunsInBrowser, KnowsEveryTypeThatABrowserWouldRun) {
  for (const char* type : {"text/html", "Text/HTML; charset=utf-8", "application/xhtml+xml",
                           "image/svg+xml", "application/xml", "text/xml", "application/rss+xml",
                           "text/javascript", "application/x-javascript", "text/javascript1.5"}) {
    EXPECT_TRUE(runsInBrowser(type)) << type;
  }
  for (const char* type :
       {"image/png", "text/plain", "application/pdf", "application/json",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/octet-stream", ""}) {
    EXPECT_FALSE(runsInBrowser(type)) << type;
  }
}

TEST(BytesAgree, X23NeverWithMarkup) {
  for (const char* type :
       {"image/png", "audio/mpeg", "video/mp4", "application/pdf", "text/plain"}) {
    EXPECT_FALSE(bytesAgree(type, kSniffedHtml)) << type;
    EXPECT_FALSE(bytesAgree(type, {.type = "image/svg+xml", .isText = true})) << type;
  }
}

TEST(BytesAgree, TakesAnyPictureForAPicture) {
  EXPECT_TRUE(bytesAgree("image/png", kSniffedPng));
  EXPECT_TRUE(bytesAgree("image/jpeg", kSniffedPng));
  EXPECT_FALSE(bytesAgree("image/png", kPlainText));
  EXPECT_FALSE(bytesAgree("image/png", kUnknownBytes));
}

TEST(BytesAgree, TakesSoundAndFilmThatCannotBeTold) {
  EXPECT_TRUE(bytesAgree("video/mp4", {.type = "video/quicktime"}));
  EXPECT_TRUE(bytesAgree("audio/ogg", {.type = "application/ogg"}));
  EXPECT_TRUE(bytesAgree("audio/mpeg", kUnknownBytes));
  EXPECT_FALSE(bytesAgree("audio/mpeg", kPlainText));
  EXPECT_FALSE(bytesAgree("video/mp4", {.type = "application/zip"}));
}

TEST(BytesAgree, TakesReadableBytesForText) {
  EXPECT_TRUE(bytesAgree("text/plain; charset=utf-8", kPlainText));
  EXPECT_TRUE(bytesAgree("text/plain", {.type = "application/json", .isText = true}));
  EXPECT_FALSE(bytesAgree("text/plain", kUnknownBytes));
}

TEST(BytesAgree, TakesAPdfForAPdfOnly) {
  EXPECT_TRUE(bytesAgree("application/pdf", {.type = "application/pdf"}));
  EXPECT_FALSE(bytesAgree("application/pdf", kSniffedPng));
}

TEST(BytesAgree, FindsNoFaultWithAnEmptyFile) {
  EXPECT_TRUE(bytesAgree("image/png", kNothing));
  EXPECT_TRUE(bytesAgree("text/plain", kNothing));
}

}  // namespace
}  // namespace mediadock::media
