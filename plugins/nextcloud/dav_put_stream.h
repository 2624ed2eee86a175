#pragma once

/// \file
/// The part of a write to a Nextcloud that sends a whole file as one PUT.

#include "dav_write_stream.h"
#include "outcome.h"

#include <optional>
#include <string_view>

namespace mediadock {

class DavPutStream : public DavWriteStream {
 protected:
  using DavWriteStream::DavWriteStream;

  /// Creates the target with `content`, the whole file. Returns nothing if the target exists and
  /// may be replaced, or if `content` is too large for one request.
  std::optional<Entry> putNew(std::string_view content);

  /// Overwrites the existing file with `content`, the whole file, after the server refused to
  /// replace it. The server writes in place, so an interrupted PUT truncates the file. Therefore a
  /// PUT that has begun is not cancelled, and is retried if interrupted.
  /// \param refusal the server's refusal of the replacement.
  /// \throws StorageError with `Retry::OutcomeUnknown` if the file may be truncated.
  Entry putInPlace(std::string_view content, const StorageError& refusal);

  /// Always sends a modification time: it tells our version from others.
  void addModifiedAt(DavRequest& request);

  bool bearsOurMarks(const std::optional<Entry>& entry) const;

  /// Returns the error; nothing on success, with the response's head in `answer`.
  std::optional<StorageError> trySend(DavCall call, const DavRequest& request,
                                      std::string_view body, HttpHead& answer,
                                      const CallLimits& limits);

 private:
  /// A PUT to the target with one conditional header.
  DavRequest wholePut(const char* condition, std::string value);
  void sendNew(const DavRequest& request, std::string_view content, HttpHead& answer);
  Outcome lookAfterPut();
  std::optional<Entry> refuseOrReplace();
  Entry verify(const HttpHead& answer, std::string_view content);
  void withdraw(const HttpHead& answer) noexcept;
  void sendInPlace(const DavRequest& request, std::string_view content, HttpHead& answer);
  Outcome lookAfterPutInPlace();

  Timestamp sentTime_;
};

}  // namespace mediadock
