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

  /// Makes the target of `content`, all of the file. Nothing where something stands there already
  /// and may be replaced, or where it is too large for one body.
  std::optional<Entry> putNew(std::string_view content);

  /// Writes `content`, all of the file, into the file that stands, for where the server refuses to
  /// replace it. The server writes in place: a PUT that breaks off leaves the file cut. So it is
  /// not cancelled once it began, and is sent again where it broke off.
  /// \param refusal what the server refused the replacement with.
  /// \throws StorageError `OutcomeUnknown` where the file may be cut.
  Entry putInPlace(std::string_view content, const StorageError& refusal);

  /// The time that the file is to have is always sent: it tells our version from others.
  void addModifiedAt(DavRequest& request);

  bool bearsOurMarks(const std::optional<Entry>& entry) const;

  /// Nothing where it was done, and `answer` tells of it.
  std::optional<StorageError> trySend(DavCall call, const DavRequest& request,
                                      std::string_view body, HttpHead& answer,
                                      const CallLimits& limits);

 private:
  /// A PUT onto the target, under the condition that this header has.
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
