#include "media/types/type_sniffer.h"

#include "support/file_beginnings.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace mediadock::media {
namespace {

using namespace beginnings;

SniffedType sniff(const std::string& bytes) {
  static TypeSniffer sniffer;
  return sniffer.sniff(std::as_bytes(std::span(bytes)));
}

TEST(TypeSniffer, TellsMediaByTheirFirstBytes) {
  EXPECT_EQ(sniff(kPng).type, "image/png");
  EXPECT_EQ(sniff(kGif).type, "image/gif");
  EXPECT_EQ(sniff(kJpeg).type, "image/jpeg");
  EXPECT_EQ(sniff(kWebp).type, "image/webp");
  EXPECT_EQ(sniff(kMp4).type, "video/mp4");
  EXPECT_EQ(sniff(kPdf).type, "application/pdf");
  EXPECT_EQ(sniff(kZip).type, "application/zip");
  EXPECT_FALSE(sniff(kPng).isText);
}

TEST(TypeSniffer, GivesTypesTheirCanonicalName) {
  EXPECT_EQ(sniff(kWindowsProgram).type, "application/x-msdownload");
  EXPECT_EQ(sniff("#!/bin/sh\necho x\n").type, "application/x-sh");
}

TEST(TypeSniffer, TellsTextInAnyEncoding) {
  for (const std::string& text : {"hello\n"s, "1"s, "Φωτό"s,
                                  "Gr\xFC\xDF"
                                  "e"s,
                                  utf16("hello")}) {
    EXPECT_EQ(sniff(text).type, "text/plain") << text;
    EXPECT_TRUE(sniff(text).isText) << text;
  }
}

TEST(TypeSniffer, HasAWordForWhatItDoesNotKnow) {
  EXPECT_EQ(sniff("\1\2\3\4"), SniffedType());
  EXPECT_EQ(sniff("").type, SniffedType::kEmpty);
}

TEST(TypeSniffer, X23FindsMarkupInAnyDisguise) {
  for (const std::string& bytes :
       {kHtml, "\n\t  <html>"s, "\xEF\xBB\xBF<script>alert(1)</script>"s, "<!-- x --><p>"s,
        "<img src=x onerror=alert(1)>"s, "<a"s, "</p>"s, utf16(kHtml), utf16(" <b>"),
        kHtmlBeforePdf, "\0\0<html>"s}) {
    EXPECT_EQ(sniff(bytes).type, "text/html") << bytes;
  }
  EXPECT_EQ(sniff(kSvg).type, "image/svg+xml");
  EXPECT_EQ(sniff("<?xml version=\"1.0\"?><a/>").type, "text/xml");
}

TEST(TypeSniffer, X23TakesAPolyglotForWhatABrowserWouldShow) {
  EXPECT_EQ(sniff(kGifAndScript).type, "image/gif");
  EXPECT_EQ(sniff(kPngWithHtmlTail).type, "image/png");
}

TEST(TypeSniffer, LeavesALessThanSignInTextAlone) {
  EXPECT_EQ(sniff("< 3 is true").type, "text/plain");
  EXPECT_EQ(sniff("<3").type, "text/plain");
}

TEST(TypeSniffer, LooksAtTheBeginningOnly) {
  std::string long_ = kPng + std::string(TypeSniffer::kBytes, 'x');

  EXPECT_EQ(sniff(long_), sniff(long_.substr(0, TypeSniffer::kBytes)));
}

TEST(TypeSniffer, AnswersMoreThreadsThanItHasHandles) {
  TypeSniffer sniffer;
  std::atomic<int> right = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      for (int n = 0; n < 20; ++n) {
        const std::string& bytes = (i + n) % 2 == 0 ? kPng : kPdf;
        const auto type = sniffer.sniff(std::as_bytes(std::span(bytes))).type;
        right += type == ((i + n) % 2 == 0 ? "image/png" : "application/pdf") ? 1 : 0;
      }
    });
  }
  threads.clear();

  EXPECT_EQ(right, 12 * 20);
}

}  // namespace
}  // namespace mediadock::media
