#pragma once

/// \file
/// How files of some types begin, honest ones and others.

#include <string>

namespace mediadock::beginnings {

using namespace std::string_literals;

inline const std::string kPng = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"s;
inline const std::string kGif = "GIF89a\1\0\1\0\0\0\0"s;
inline const std::string kJpeg = "\xFF\xD8\xFF\xE0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"s;
inline const std::string kWebp = "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\1\0\x9D\1\x2A\1\0\1\0"s;
inline const std::string kPdf = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<< /JS (app.alert(1)) >>\n"s;
inline const std::string kMp4 =
    "\0\0\0\x20"
    "ftypisom\0\0\2\0isomiso2avc1mp41"s;
inline const std::string kZip =
    "PK\3\4\x14\0\0\0\0\0\0\0!\0\x83\x16\xDC\x8C\x28\0\0\0\x28\0\0\0\1\0\0\0a"s +
    std::string(40, 'x');
inline const std::string kWindowsProgram =
    "MZ\x90\0"s + std::string(56, '\0') + "\x40\0\0\0PE\0\0d\x86"s + std::string(100, '\0');

inline const std::string kHtml =
    "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>";
inline const std::string kSvg =
    R"(<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>)";

/// Valid GIF and, taken as a script, valid JavaScript.
inline const std::string kGifAndScript = "GIF89a/*\1\0\1\0\0\0*/=1;alert(1)//"s;
inline const std::string kPngWithHtmlTail = kPng + "<html><script>alert(1)</script></html>";
inline const std::string kHtmlBeforePdf = "<html><script>alert(1)</script>\n" + kPdf;

/// `text` as UTF-16, little-endian, with its byte order mark.
inline std::string utf16(const std::string& text) {
  std::string wide = "\xFF\xFE";
  for (const char c : text) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

}  // namespace mediadock::beginnings
