#pragma once

/// \file
/// The body of a request, as long as its limit lets it be.

#include "http/exchange/byte_source.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>

namespace Poco::Net {
class HTTPServerRequestImpl;
}  // namespace Poco::Net

namespace mediadock {

/// A body of known length comes straight from the socket, whose guard gives exactly one body, into
/// the reader's memory; a chunked one through Poco's stream, which takes the framing away. Where it
/// breaks off, a read throws instead of ending. `100 Continue` goes out at the first read, so that
/// a request refused before costs no body.
class RequestBody final : public IByteSource {
 public:
  /// \param request must outlive the body.
  explicit RequestBody(Poco::Net::HTTPServerRequestImpl& request);

  /// Whether the request says that it has a body, an empty one included.
  bool isAnnounced() const noexcept { return isAnnounced_; }

  /// Refuses a body that is, or turns out to be, longer than `limit`.
  /// \throws ProblemException 413 at once where `Content-Length` tells.
  void setLimit(std::uint64_t limit);

  /// Fills `buffer`, or of one that is larger than 64 KiB at least that much of it, from a client
  /// too slow for all.
  /// \throws ProblemException 413 beyond the limit, ClientGone where the rest will not come.
  std::size_t read(std::span<std::byte> buffer) override;

  /// Gives what has come, at least one byte; 0 at the end. So nothing is lost of a body that breaks
  /// off. \throws ProblemException, ClientGone as `read`.
  std::size_t readSome(std::span<std::byte> buffer);

  /// The whole body as text, at most `limit` bytes.
  /// \throws ProblemException as `read`.
  std::string readAll(std::uint64_t limit);

  /// Whether it can be promised that another request follows: the guard reads no long rest away,
  /// and no body that the client was never asked for.
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
  /// Of a body whose length is known.
  std::optional<std::uint64_t> length_;
  std::uint64_t limit_ = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t consumed_ = 0;
};

}  // namespace mediadock
