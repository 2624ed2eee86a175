#pragma once

/// \file
/// Finds the data in a chunked body (RFC 9112 §7.1), and its end.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock::guard {

/// A strict decoder that never looks at data. Its user feeds it everything but data, and moves the
/// data himself:
///
///     next(input, consumed)  NeedMore   feed more behind what was consumed
///                            Data       the next remaining() bytes are data: take(n) of them
///                            End        the body and its trailers are over
///                            Malformed  nothing behind this can be understood
class ChunkedBody {
 public:
  enum class Status { NeedMore, Data, End, Malformed };

  /// Reads framing at the start of `input`; `consumed` says how much of it. Total.
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
  /// Framing bytes beyond what the data excuses.
  std::uint64_t overhead_ = 0;
  std::uint64_t trailerBytes_ = 0;
};

}  // namespace mediadock::guard
