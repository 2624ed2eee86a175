#pragma once

/// \file
/// How the bytes of a stored file get to a client: by sendfile from a file, by splice from the
/// storage's connection, else through memory.

#include "http/exchange/client_socket.h"
#include "mediadock/streams.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace mediadock {

/// Gets bytes and sends them in two steps, so that a head can go between the two: nothing is sent
/// for a storage that fails before it gave a byte.
///
/// \code
/// while (!transfer.isDone()) {
///   const auto bytes = transfer.next();
///   bytes.empty() ? transfer.send() : write(bytes);
/// }
/// \endcode
class Transfer {
 public:
  /// Of the next `length` bytes of `stream`, which must have as many. `socket` and `stream` must
  /// outlive the transfer.
  Transfer(ClientSocket& socket, IReadStream& stream, std::uint64_t length);

  /// Of a piece of a file. Only where `socket.canSendFiles()`.
  Transfer(ClientSocket& socket, const FileRegion& region);

  ~Transfer();

  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  bool isDone() const noexcept { return left_ == 0; }

  /// Waits for the next bytes. Returns those that are in memory, for the caller to send; none where
  /// they stayed in the kernel, for `send`. Valid until the next call.
  /// \throws StorageError `Truncated` where there are none; else what the stream throws.
  std::span<const std::byte> next();

  /// Sends those in the kernel. Returns how many.
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
  /// What is left of it begins at its offset.
  std::optional<FileRegion> file_;
  bool isFileCut_ = false;
  /// Null: bytes are copied.
  std::unique_ptr<Pipe> pipe_;
  std::uint64_t inPipe_ = 0;
  std::unique_ptr<std::byte[]> block_;
};

/// Fills `buffer` from `stream`.
/// \throws StorageError `Truncated` where it ends before; else what the stream throws.
void readWhole(IReadStream& stream, std::span<std::byte> buffer);

}  // namespace mediadock
