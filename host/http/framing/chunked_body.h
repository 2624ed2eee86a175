#pragma once

/// \file
/// Parses the framing of a chunked body (RFC 9112 §7.1).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock::http::guard {

/// A strict decoder that never sees the data. The caller feeds it everything but data, and moves
/// the data itself:
///
///     next(input, consumed)  NeedMore   feed more, starting after what was consumed
///                            Data       the next remaining() bytes are data: take(n) of them
///                            End        the body and its trailers are complete
///                            Malformed  the rest cannot be parsed
class ChunkedBody {
 public:
  enum class Status { NeedMore, Data, End, Malformed };

  /// Parses framing at the start of `input`; sets `consumed` to its length. Accepts any input.
  Status next(std::string_view input, std::size_t& consumed);

  /// Data left in this chunk; not 0 after `Status::Data`.
  std::uint64_t remaining() const noexcept { return remaining_; }

  /// \param bytes at most `remaining()`.
  void take(std::uint64_t bytes) noexcept;

 private:
  enum class Expected { Size, Data, DataEnd, Trailer, Nothing, Malformed };

  /// Moves `input` up to its next LF into `line_`. Returns whether the line is whole.
  bool collectLine(std::string_view& input);
  Expected afterLine();
  Expected afterSize(std::string_view line);
  Expected afterTrailer(std::string_view line);

  Expected expected_ = Expected::Size;
  std::string line_;
  std::uint64_t remaining_ = 0;
  /// Framing bytes in excess of what is allowed for the amount of data.
  std::uint64_t overhead_ = 0;
  std::uint64_t trailerBytes_ = 0;
};

}  // namespace mediadock::http::guard
