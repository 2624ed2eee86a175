#pragma once

/// \file
/// Reads `multipart/form-data` (RFC 7578, RFC 2046 §5.1) as a stream. Instead of Poco's reader,
/// which adds a carriage return to contents that end like a boundary and takes a part that was cut
/// off for a whole one.

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

namespace mediadock {

/// What stands above a part's content.
struct Part {
  /// Never empty.
  std::string name;
  /// See `formFileName`. Absent in a plain field.
  std::optional<std::string> filename;
  std::string contentType;
  /// What the part says of its own length.
  std::optional<std::uint64_t> contentLength;
  Headers headers;
};

/// The boundary of a `Content-Type`.
/// \throws ProblemException 415 for another type than `multipart/form-data`, 400 where the boundary
///   is missing, empty, longer than 70 characters or of characters it may not have.
std::string parseBoundary(std::string_view contentType);

/// One of a few places, of the whole process, for readers with a large buffer, so that many uploads
/// at one time take little memory each. Safe for concurrent use of different places.
class LargeBufferPlace {
 public:
  static constexpr int kPlaces = 32;

  /// Nothing where all are taken.
  static std::optional<LargeBufferPlace> take() noexcept;

  LargeBufferPlace(LargeBufferPlace&& other) noexcept
      : isTaken_(std::exchange(other.isTaken_, false)) {}

  LargeBufferPlace& operator=(LargeBufferPlace&&) = delete;
  ~LargeBufferPlace();

 private:
  LargeBufferPlace() = default;

  bool isTaken_ = true;
};

/// Holds 64 KiB, and once a part is longer than a megabyte 256 KiB, where such a buffer is to be
/// had; looks at each byte a bounded number of times.
///
/// All calls throw ProblemException: 400 for what is no form, and for one that ends before its last
/// boundary; 413 for more than 64 parts, more than 8 KiB of headers in one.
class MultipartReader {
 public:
  static constexpr std::size_t kMaxParts = 64;
  static constexpr std::size_t kMaxHeaderBytes = 8192;
  static constexpr std::size_t kMaxFieldBytes = 65536;
  /// What the most parts, each with the longest headers and the longest line of a boundary, and
  /// fields of the longest content have beside the bytes of files.
  static constexpr std::uint64_t kMaxFormBytes =
      kMaxParts * (std::uint64_t{kMaxFieldBytes} + 2 * kMaxHeaderBytes);

  /// \param source must outlive the reader.
  MultipartReader(IByteSource& source, std::string_view boundary);

  /// The next part, skipping what is left of the one before. Nothing once the last boundary and
  /// all that may follow it were read to the end of the source.
  std::optional<Part> next();

  /// The next bytes of the current part's content, where they lie; empty only at its verified end.
  /// Valid until the next call.
  std::span<const std::byte> readPiece();

  /// Fills at most `buffer` from the current part's content; 0 only at its verified end.
  std::size_t read(std::span<std::byte> buffer);

  /// The rest of the current part as text.
  /// \throws ProblemException also 413 beyond `kMaxFieldBytes`, 400 for invalid UTF-8.
  std::string readText();

 private:
  std::size_t buffered() const noexcept { return end_ - begin_; }

  /// Whether there is content at `begin_`; else the part has ended.
  bool findContent();
  std::size_t take(std::size_t most) noexcept;
  bool fill();
  void makeRoom();
  void require(std::size_t bytes);
  void findDelimiter();
  void finishPart();
  /// Reads what stands behind a delimiter. Returns false behind the last one.
  bool passDelimiter();
  std::string readLine(std::size_t limit);
  Part readHeaders();

  IByteSource& source_;
  std::string delimiter_;
  std::optional<LargeBufferPlace> place_;
  std::vector<std::byte> buffer_;
  /// How much of the current part's content was given.
  std::uint64_t given_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  /// Up to here nothing is part of a delimiter.
  std::size_t contentEnd_ = 0;
  /// The delimiter begins at `contentEnd_`.
  bool atDelimiter_ = false;
  bool isDone_ = false;
  std::size_t parts_ = 0;
};

}  // namespace mediadock
