#pragma once

/// \file
/// Sends the bytes of a stored file to a client: by sendfile from a file, by splice from the
/// storage's connection, otherwise through user space.

#include "http/exchange/client_socket.h"
#include "mediadock/streams.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace mediadock::http {

/// Fetches and sends bytes in two steps, so that the response head can be sent in between: if the
/// storage fails before the first byte, nothing has been sent yet.
///
/// \code
/// while (!transfer.isDone()) {
///   const auto bytes = transfer.next();
///   bytes.empty() ? transfer.send() : write(bytes);
/// }
/// \endcode
class Transfer {
 public:
  /// For the next `length` bytes of `stream`, which must have that many. `socket` and `stream` must
  /// outlive the transfer.
  Transfer(ClientSocket& socket, IReadStream& stream, std::uint64_t length);

  /// For part of a file.
  /// \pre `socket.canSendFiles()`
  Transfer(ClientSocket& socket, const FileRegion& region);

  ~Transfer();

  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  bool isDone() const noexcept { return left_ == 0; }

  /// Waits for the next bytes. Returns them for the caller to send, valid until the next call; or
  /// an empty span if they stayed in the kernel, to be sent by `send`.
  /// \throws StorageError `Truncated` if the stream ends early; otherwise what the stream throws.
  std::span<const std::byte> next();

  /// Sends the bytes held in the kernel. Returns how many.
  /// \throws ClientGone
  std::uint64_t send();

 private:
  class Pipe;

  bool splice();
  std::span<const std::byte> read();
  std::uint64_t sendFile();

  ClientSocket& socket_;
  IReadStream* stream_ = nullptr;
  std::uint64_t left_;
  /// Its offset advances: it describes what is left to send.
  std::optional<FileRegion> file_;
  bool isFileCut_ = false;
  /// Null: bytes are copied through user space.
  std::unique_ptr<Pipe> pipe_;
  std::uint64_t inPipe_ = 0;
  std::unique_ptr<std::byte[]> block_;
};

/// Fills `buffer` from `stream`.
/// \throws StorageError `Truncated` if it ends early; otherwise what the stream throws.
void readWhole(IReadStream& stream, std::span<std::byte> buffer);

}  // namespace mediadock::http
