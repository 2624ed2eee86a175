#pragma once

/// \file
/// Reads `multipart/form-data` (RFC 7578, RFC 2046 §5.1) as a stream. Poco's reader is not used: it
/// adds a carriage return to contents that end like a boundary, and takes a truncated part for a
/// complete one.

#include "http/exchange/byte_source.h"
#include "http/syntax/headers.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::http {

/// The headers of a part.
struct Part {
  /// Never empty.
  std::string name;
  /// See `formFileName`. Absent in a plain field.
  std::optional<std::string> filename;
  std::string contentType;
  /// The length declared by the part.
  std::optional<std::uint64_t> contentLength;
  Headers headers;
};

/// The boundary in a `Content-Type`.
/// \throws ProblemException 415 for a type other than `multipart/form-data`, 400 if the boundary is
///   missing, empty, longer than 70 characters or has invalid characters.
std::string parseBoundary(std::string_view contentType);

/// A permit for a large buffer. Their number is limited per process, so that many concurrent
/// uploads use little memory each. Different permits may be used concurrently.
class LargeBufferPermit {
 public:
  static constexpr int kPermits = 32;

  /// Returns nullopt if none is available.
  static std::optional<LargeBufferPermit> take() noexcept;

  LargeBufferPermit(LargeBufferPermit&& other) noexcept
      : isTaken_(std::exchange(other.isTaken_, false)) {}

  LargeBufferPermit& operator=(LargeBufferPermit&&) = delete;
  ~LargeBufferPermit();

 private:
  LargeBufferPermit() = default;

  bool isTaken_ = true;
};

/// Buffers 64 KiB, or 256 KiB once a part exceeds one megabyte, if a large buffer is available.
/// Examines each byte a bounded number of times.
///
/// All calls throw ProblemException: 400 for a malformed form or one that ends before its last
/// boundary; 413 for more than 64 parts, or more than 8 KiB of headers in a part.
class MultipartReader {
 public:
  static constexpr std::size_t kMaxParts = 64;
  static constexpr std::size_t kMaxHeaderBytes = 8192;
  static constexpr std::size_t kMaxFieldBytes = 65536;
  /// Upper bound of a form's size without the bytes of its files: the maximum number of parts, each
  /// with headers, boundary line and field content of maximum length.
  static constexpr std::uint64_t kMaxFormBytes =
      kMaxParts * (std::uint64_t{kMaxFieldBytes} + 2 * kMaxHeaderBytes);

  /// \param source must outlive the reader.
  MultipartReader(IByteSource& source, std::string_view boundary);

  /// The next part, skipping the rest of the previous one. Returns nullopt after the last boundary,
  /// once the source is read to its end.
  std::optional<Part> next();

  /// The next bytes of the current part's content, without copying; empty only at its verified end.
  /// Valid until the next call.
  std::span<const std::byte> readPiece();

  /// Reads content of the current part into `buffer`; returns 0 only at its verified end.
  std::size_t read(std::span<std::byte> buffer);

  /// The rest of the current part as text.
  /// \throws ProblemException also 413 beyond `kMaxFieldBytes`, 400 for invalid UTF-8.
  std::string readText();

 private:
  std::size_t buffered() const noexcept { return end_ - begin_; }

  /// Whether there is content at `begin_`; otherwise the part has ended.
  bool findContent();
  std::size_t take(std::size_t most) noexcept;
  bool fill();
  void makeRoom();
  void require(std::size_t bytes);
  void findDelimiter();
  void finishPart();
  /// Reads what follows a delimiter. Returns false after the last one.
  bool passDelimiter();
  std::string readLine(std::size_t limit);
  Part readHeaders();

  IByteSource& source_;
  std::string delimiter_;
  std::optional<LargeBufferPermit> permit_;
  std::vector<std::byte> buffer_;
  /// How much of the current part's content was returned.
  std::uint64_t given_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Bytes before this are not part of a delimiter.
  std::size_t contentEnd_ = 0;
  /// The delimiter begins at `contentEnd_`.
  bool atDelimiter_ = false;
  bool isDone_ = false;
  std::size_t parts_ = 0;
};

}  // namespace mediadock::http
