#include "http/uploads/multipart_reader.h"

#include "http/syntax/problem_exception.h"
#include "http/uploads/form_file_name.h"
#include "mediadock/storage_path.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>

namespace mediadock::http {
namespace {

constexpr std::size_t kBufferSize = 65536;
constexpr std::size_t kLargeBuffer = 262144;
/// Only longer parts get a large buffer.
constexpr std::uint64_t kLongPart = 1U << 20U;
constexpr std::size_t kMaxBoundary = 70;
constexpr std::string_view kLineEnd = "\r\n";

std::atomic<int> permitsLeft{LargeBufferPermit::kPermits};

[[noreturn]] void refuseForm(std::string detail) {
  throw ProblemException(400, std::move(detail));
}

bool isBoundaryCharacter(char c) noexcept {
  constexpr std::string_view kOthers = "'()+_,-./:=? ";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         kOthers.find(c) != std::string_view::npos;
}

std::optional<std::uint64_t> parseLength(const Headers& headers) {
  const auto text = headers.joined("Content-Length");
  if (!text) {
    return std::nullopt;
  }
  std::uint64_t length = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, length);
  if (error != std::errc() || stop != end) {
    refuseForm("a part's Content-Length is not a plain number");
  }
  return length;
}

void refuseTransferEncoding(const Headers& headers) {
  const std::string encoding =
      base::toLowerAscii(headers.joined("Content-Transfer-Encoding").value_or("binary"));
  if (encoding != "binary" && encoding != "8bit" && encoding != "7bit") {
    refuseForm("a part's Content-Transfer-Encoding is not understood");
  }
}

Part describe(Headers headers) {
  const auto dispositions = headers.all("Content-Disposition");
  if (dispositions.size() != 1 || mediaTypeEssence(dispositions.front()) != "form-data") {
    refuseForm("a part of the form needs one Content-Disposition: form-data");
  }
  refuseTransferEncoding(headers);
  Part part;
  part.name = headerParameter(dispositions.front(), "name").value_or("");
  part.name = withQuotes(std::move(part.name));
  if (part.name.empty() || !isValidUtf8(part.name)) {
    refuseForm("a part of the form has no name");
  }
  part.filename = formFileName(dispositions.front());
  part.contentType = headers.joined("Content-Type").value_or("");
  part.contentLength = parseLength(headers);
  part.headers = std::move(headers);
  return part;
}

}  // namespace

std::string parseBoundary(std::string_view contentType) {
  if (mediaTypeEssence(contentType) != "multipart/form-data") {
    throw ProblemException(415, "the body must be multipart/form-data");
  }
  const auto boundary = headerParameter(contentType, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundary ||
      boundary->back() == ' ' ||
      !std::all_of(boundary->begin(), boundary->end(), isBoundaryCharacter)) {
    throw ProblemException(400, "the form needs a boundary of 1 to 70 allowed characters");
  }
  return *boundary;
}

std::optional<LargeBufferPermit> LargeBufferPermit::take() noexcept {
  if (permitsLeft.fetch_sub(1) > 0) {
    return LargeBufferPermit();
  }
  permitsLeft.fetch_add(1);
  return std::nullopt;
}

LargeBufferPermit::~LargeBufferPermit() {
  if (isTaken_) {
    permitsLeft.fetch_add(1);
  }
}

// The body may start directly with the first boundary. A line end inserted before the body makes it
// look like all others.
MultipartReader::MultipartReader(IByteSource& source, std::string_view boundary)
    : source_(source),
      delimiter_("\r\n--" + std::string(boundary)),
      buffer_(kBufferSize) {
  std::memcpy(buffer_.data(), kLineEnd.data(), kLineEnd.size());
  end_ = kLineEnd.size();
}

std::optional<Part> MultipartReader::next() {
  if (isDone_) {
    return std::nullopt;
  }
  finishPart();
  if (!passDelimiter()) {
    isDone_ = true;
    // Declared bytes that do not arrive are a broken upload, even after the form's end.
    do {
      begin_ = end_;
    } while (fill());
    return std::nullopt;
  }
  if (++parts_ > kMaxParts) {
    throw ProblemException(413, "the form has more than 64 parts");
  }
  return readHeaders();
}

bool MultipartReader::findContent() {
  while (contentEnd_ == begin_) {
    if (atDelimiter_ || parts_ == 0 || isDone_) {
      return false;
    }
    findDelimiter();
    if (contentEnd_ == begin_ && !atDelimiter_ && !fill()) {
      refuseForm("the form ended before its last boundary");
    }
  }
  return true;
}

std::size_t MultipartReader::take(std::size_t most) noexcept {
  const std::size_t size = std::min(most, contentEnd_ - begin_);
  begin_ += size;
  given_ += size;
  return size;
}

std::span<const std::byte> MultipartReader::readPiece() {
  if (!findContent()) {
    return {};
  }
  const std::byte* const from = buffer_.data() + begin_;
  return {from, take(buffer_.size())};
}

std::size_t MultipartReader::read(std::span<std::byte> buffer) {
  if (buffer.empty() || !findContent()) {
    return 0;
  }
  const std::byte* const from = buffer_.data() + begin_;
  const std::size_t size = take(buffer.size());
  std::memcpy(buffer.data(), from, size);
  return size;
}

std::string MultipartReader::readText() {
  std::string text;
  std::array<std::byte, 4096> piece{};
  while (const std::size_t got = read(piece)) {
    text.append(reinterpret_cast<const char*>(piece.data()), got);
    if (text.size() > kMaxFieldBytes) {
      throw ProblemException(413, "a field of the form is longer than 64 KiB");
    }
  }
  if (!isValidUtf8(text)) {
    refuseForm("a field of the form is not UTF-8");
  }
  return text;
}

bool MultipartReader::fill() {
  makeRoom();
  const std::size_t got = source_.read(std::span(buffer_).subspan(end_));
  end_ += got;
  return got > 0;
}

void MultipartReader::makeRoom() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, buffered());
    contentEnd_ -= std::min(contentEnd_, begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  if (given_ >= kLongPart && !permit_) {
    if (auto permit = LargeBufferPermit::take()) {
      permit_.emplace(std::move(*permit));
      buffer_.resize(kLargeBuffer);
    }
  }
}

void MultipartReader::require(std::size_t bytes) {
  while (buffered() < bytes) {
    if (!fill()) {
      refuseForm("the form ended before its last boundary");
    }
  }
}

void MultipartReader::findDelimiter() {
  const std::byte* const from = buffer_.data() + begin_;
  const void* const found = memmem(from, buffered(), delimiter_.data(), delimiter_.size());
  if (found != nullptr) {
    atDelimiter_ = true;
    contentEnd_ = static_cast<std::size_t>(static_cast<const std::byte*>(found) - buffer_.data());
    return;
  }
  // The last bytes may be the start of a delimiter that has not arrived completely.
  const std::size_t undecided = std::min(delimiter_.size() - 1, buffered());
  contentEnd_ = end_ - undecided;
}

void MultipartReader::finishPart() {
  while (!atDelimiter_) {
    begin_ = std::max(begin_, contentEnd_);
    findDelimiter();
    if (!atDelimiter_) {
      begin_ = contentEnd_;
      if (!fill()) {
        refuseForm("the form ended before its last boundary");
      }
    }
  }
  begin_ = contentEnd_ + delimiter_.size();
  contentEnd_ = begin_;
  atDelimiter_ = false;
}

bool MultipartReader::passDelimiter() {
  require(2);
  const auto* const behind = reinterpret_cast<const char*>(buffer_.data()) + begin_;
  if (std::string_view(behind, 2) == "--") {
    begin_ += 2;
    return false;
  }
  if (!base::trimmed(readLine(kMaxHeaderBytes)).empty()) {
    refuseForm("a line of the form begins with the boundary and goes on");
  }
  return true;
}

std::string MultipartReader::readLine(std::size_t limit) {
  std::size_t searched = 0;
  while (true) {
    const std::string_view text(reinterpret_cast<const char*>(buffer_.data()) + begin_, buffered());
    const std::size_t at = text.find(kLineEnd, searched);
    if (std::min(at, text.size()) > limit) {
      throw ProblemException(413, "a part of the form has more than 8 KiB of headers");
    }
    if (at != std::string_view::npos) {
      std::string line(text.substr(0, at));
      begin_ += at + kLineEnd.size();
      contentEnd_ = begin_;
      return line;
    }
    searched = text.empty() ? 0 : text.size() - 1;
    require(buffered() + 1);
  }
}

Part MultipartReader::readHeaders() {
  Headers headers;
  std::size_t left = kMaxHeaderBytes;
  for (std::string line = readLine(left); !line.empty(); line = readLine(left)) {
    left -= std::min(left, line.size() + kLineEnd.size());
    const std::size_t colon = std::min(line.find(':'), line.size());
    if (colon == line.size() || !base::isToken(line.substr(0, colon)) ||
        hasControlCharacter(line)) {
      refuseForm("a header of a part is not well-formed");
    }
    headers.add(line.substr(0, colon),
                std::string(base::trimmed(std::string_view(line).substr(colon + 1))));
  }
  // A part without content may end immediately: then the empty line is the delimiter's own line
  // end.
  begin_ -= kLineEnd.size();
  require(delimiter_.size());
  if (std::memcmp(buffer_.data() + begin_, delimiter_.data(), delimiter_.size()) != 0) {
    begin_ += kLineEnd.size();
  }
  contentEnd_ = begin_;
  given_ = 0;
  return describe(std::move(headers));
}

}  // namespace mediadock::http
