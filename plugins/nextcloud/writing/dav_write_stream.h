#pragma once

/// \file
/// State machine of a write stream, independent of the upload method.
///
///     open --write/flush/suspend/retarget--> open
///     open --commit--> committed
///     open --commit: AlreadyExists/PreconditionFailed--> open
///     open --any other failure of write/flush/suspend/commit--> failed
///     open, failed --abort, destructor--> aborted

#include "mediadock/streams.h"
#include "writing/upload_target.h"

#include <memory>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// How data gets to the server.
class IUploadMethod {
 public:
  virtual ~IUploadMethod() = default;

  /// Writes more bytes.
  virtual void store(std::string_view bytes) = 0;
  /// Sends data held in memory.
  virtual void storeHeld() = 0;
  /// Persists all data and returns the token for resuming.
  /// \throws StorageError `Unsupported`, which changes nothing.
  virtual std::string saveForResume() = 0;
  /// Whether a token covers the stored data, which then outlives the stream.
  virtual bool isSavedForResume() const noexcept = 0;
  /// Makes the stored data visible; the target's path is locked meanwhile. May be called again
  /// after `AlreadyExists` and `PreconditionFailed`.
  virtual Entry publish() = 0;
  /// Removes what was not published. Called at most once.
  virtual void discard(const http_client::CallLimits& limits) = 0;
};

class DavWriteStream final : public IWriteStream {
 public:
  /// `method` writes to `target`.
  DavWriteStream(std::unique_ptr<UploadTarget> target, std::unique_ptr<IUploadMethod> method);
  ~DavWriteStream() override;

  void write(std::span<const std::byte> bytes) override;
  void flush() override;
  std::string suspend() override;
  void retarget(WriteTarget target) override;
  Entry commit() override;
  void abort() noexcept override;

 private:
  enum class State { Open, Failed, Committed, Aborted };

  void requireOpen() const;

  std::unique_ptr<UploadTarget> target_;
  std::unique_ptr<IUploadMethod> method_;
  State state_ = State::Open;
};

}  // namespace mediadock::nextcloud
