#pragma once

/// \file
/// The body of a request, with an upper bound on its size.

#include "http/exchange/byte_source.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace Poco::Net {
class HTTPServerRequestImpl;
}  // namespace Poco::Net

namespace mediadock::http {

/// A body of known length is read directly from the socket, whose guard delivers exactly one body,
/// into the reader's memory; a chunked one through Poco's stream, which removes the framing. If the
/// body breaks off, a read throws rather than reporting the end. `100 Continue` is sent at the
/// first read, so that a client whose request is rejected first need not send its body.
class RequestBody final : public IByteSource {
 public:
  /// \param request must outlive the body.
  explicit RequestBody(Poco::Net::HTTPServerRequestImpl& request);

  /// Whether the request declares a body, even an empty one.
  bool isAnnounced() const noexcept { return isAnnounced_; }

  /// Rejects a body that is, or turns out to be, longer than `limit`.
  /// \throws ProblemException 413 immediately if `Content-Length` exceeds `limit`.
  void setLimit(std::uint64_t limit);

  /// Fills `buffer`; of one larger than 64 KiB possibly only the first 64 KiB or more, if the
  /// client is slow.
  /// \throws ProblemException 413 beyond the limit, ClientGone if the rest will not arrive.
  std::size_t read(std::span<std::byte> buffer) override;

  /// Returns what has arrived, at least one byte; 0 at the end. So nothing is lost of a body that
  /// breaks off.
  /// \throws ProblemException, ClientGone as `read`.
  std::size_t readSome(std::span<std::byte> buffer);

  /// The whole body as text, at most `limit` bytes.
  /// \throws ProblemException as `read`.
  std::string readAll(std::uint64_t limit);

  /// Whether the connection can be kept alive after this request: the guard discards no long
  /// remainder, and no body for which `100 Continue` was never sent.
  bool canBeFollowed() const noexcept;

 private:
  void sendOwedContinue();
  std::size_t readStream(std::span<std::byte> buffer);
  std::size_t readSomeOfStream(std::span<std::byte> buffer);
  std::size_t receive(std::span<std::byte> buffer);
  std::size_t count(std::size_t got);

  Poco::Net::HTTPServerRequestImpl& request_;
  bool isAnnounced_;
  bool owesContinue_;
  /// Set if the length is known.
  std::optional<std::uint64_t> length_;
  std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t consumed_ = 0;
};

}  // namespace mediadock::http
