#pragma once

/// \file
/// A write stream's life, whichever way its bytes take.
///
///     open --write/flush/suspend--> open --commit--> committed
///       |                            | \--AlreadyExists/PreconditionFailed--> open (retarget,
///       commit) |                            \--any other failure--> failed
///       \--abort (also the destructor's)--> aborted

#include "mediadock/streams.h"
#include "writing/upload_target.h"

#include <memory>
#include <string>
#include <string_view>

namespace mediadock {

/// A way in which bytes get to a server.
class IUploadMethod {
 public:
  virtual ~IUploadMethod() = default;

  /// Takes more bytes.
  virtual void store(std::string_view bytes) = 0;
  /// Hands over what is held in memory.
  virtual void storeHeld() = 0;
  /// Hands over what is held, to stay, and gives the token to go on with.
  /// \throws StorageError `Unsupported`, which leaves all as it was.
  virtual std::string saveForResume() = 0;
  /// Whether a token speaks for what was stored, which outlives the stream then.
  virtual bool isSavedForResume() const noexcept = 0;
  /// Makes all that was stored visible; the target's path is locked meanwhile. May be called again
  /// after `AlreadyExists` and `PreconditionFailed`.
  virtual Entry publish() = 0;
  /// Removes what `publish` did not. Called at most once.
  virtual void discard(const CallLimits& limits) = 0;
};

class DavWriteStream final : public IWriteStream {
 public:
  /// `method` works for `target`.
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

}  // namespace mediadock
