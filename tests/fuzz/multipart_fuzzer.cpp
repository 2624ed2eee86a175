/// \file
/// Input: a line with the value of `Content-Type`, then the body of the form. Case X33 of
/// docs/http-cases.md.

#include "fuzz/fuzz_target.h"
#include "http/syntax/problem_exception.h"
#include "http/uploads/multipart_reader.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::fuzz {
namespace {

class PiecewiseSource final : public http::IByteSource {
 public:
  PiecewiseSource(std::string_view bytes, std::size_t step) : left_(bytes), step_(step) {}

  std::size_t read(std::span<std::byte> buffer) override {
    const auto piece = left_.substr(0, std::min(buffer.size(), step_));
    std::memcpy(buffer.data(), piece.data(), piece.size());
    left_.remove_prefix(piece.size());
    return piece.size();
  }

 private:
  std::string_view left_;
  std::size_t step_;
};

struct ReadPart {
  std::string name;
  std::optional<std::string> filename;
  std::string contentType;
  std::string content;

  friend bool operator==(const ReadPart&, const ReadPart&) = default;
};

struct Form {
  std::vector<ReadPart> parts;
  /// 0 where the form was read to its end.
  int refusedWith = 0;

  friend bool operator==(const Form&, const Form&) = default;
};

std::string readContent(http::MultipartReader& reader) {
  std::string content;
  std::array<std::byte, 100> piece{};
  while (const std::size_t got = reader.read(piece)) {
    content.append(reinterpret_cast<const char*>(piece.data()), got);
  }
  return content;
}

std::string readPieces(http::MultipartReader& reader) {
  std::string content;
  for (auto piece = reader.readPiece(); !piece.empty(); piece = reader.readPiece()) {
    content.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  return content;
}

/// \param read `std::string(MultipartReader&)`: what is taken of each part.
template <typename Read>
Form readForm(std::string_view body, const std::string& boundary, std::size_t step, Read read) {
  PiecewiseSource source(body, step);
  http::MultipartReader reader(source, boundary);
  Form form;
  try {
    while (auto part = reader.next()) {
      form.parts.push_back({part->name, part->filename, part->contentType, ""});
      form.parts.back().content = read(reader);
    }
    require(!reader.next().has_value(), "behind the end there is nothing");
  } catch (const http::ProblemException& refusal) {
    form.refusedWith = refusal.problem().status;
  }
  return form;
}

void requireLimits(const Form& form, std::string_view body, const std::string& boundary) {
  std::size_t bytes = 0;
  require(form.parts.size() <= http::MultipartReader::kMaxParts, "a form has at most 64 parts");
  for (const auto& part : form.parts) {
    bytes += part.content.size();
    require(!part.name.empty() && isValidUtf8(part.name), "a name is text");
    require(!part.filename || part.filename->find_first_of("/\\") == std::string::npos,
            "a file's name is no path");
    require(("\r\n" + part.content).find("\r\n--" + boundary) == std::string::npos,
            "no delimiter is content");
  }
  require(bytes <= body.size(), "no byte is content that did not come");
}

void requireRoundTrip(const Form& form, const std::string& boundary) {
  std::string body = "preamble";
  for (const auto& part : form.parts) {
    body +=
        "\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=f\r\n\r\n" + part.content;
  }
  body += "\r\n--" + boundary + "--\r\nepilogue";
  const Form again = readForm(body, boundary, 5, readContent);
  require(again.refusedWith == 0, "a form that was written is read");
  require(std::equal(form.parts.begin(), form.parts.end(), again.parts.begin(), again.parts.end(),
                     [](const auto& a, const auto& b) { return a.content == b.content; }),
          "content comes back byte for byte");
}

}  // namespace

void tryInput(std::string_view input) {
  const auto lineEnd = std::min(input.find('\n'), input.size());
  const auto body = input.substr(std::min(lineEnd + 1, input.size()));
  std::string boundary;
  try {
    boundary = http::parseBoundary(input.substr(0, lineEnd));
  } catch (const http::ProblemException&) {
    return;
  }
  require(!boundary.empty() && boundary.size() <= 70, "a boundary has 1 to 70 characters");

  const Form whole = readForm(body, boundary, body.size() + 1, readContent);
  requireLimits(whole, body, boundary);
  require(whole == readForm(body, boundary, 1, readContent), "byte by byte is read alike");
  require(whole == readForm(body, boundary, 13, readContent), "pieces are read alike");
  require(whole == readForm(body, boundary, 13, readPieces), "what is lent is what is copied");

  const Form skipped =
      readForm(body, boundary, 64, [](http::MultipartReader&) { return std::string(); });
  require(skipped.parts.size() == whole.parts.size() && skipped.refusedWith == whole.refusedWith,
          "skipping ends where reading does");
  const Form texts = readForm(body, boundary, 64, [](auto& reader) { return reader.readText(); });
  require(texts.refusedWith != 0 || texts == whole, "text is content");
  if (whole.refusedWith == 0) {
    requireRoundTrip(whole, boundary);
  }
}

}  // namespace mediadock::fuzz
