#pragma once

/// \file
/// Sends a whole file to a Nextcloud as one PUT to its final name.

#include "tree/outcome.h"
#include "writing/upload_target.h"

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// Belongs to one write stream.
class WholePut {
 public:
  /// \param target must outlive this.
  explicit WholePut(UploadTarget& target) : target_(target) {}

  /// Creates the target with `content`, the whole file. Returns nullopt if the target exists and
  /// may be replaced, or if `content` is too large for one request.
  std::optional<Entry> create(std::string_view content);

  /// Overwrites the existing file with `content`, the whole file, after the server refused to
  /// replace it. The server writes in place, so an interrupted PUT truncates the file. Therefore a
  /// PUT that has begun is not cancelled, and is retried if interrupted.
  /// \param refusal the server's refusal of the replacement.
  /// \throws StorageError with `Retry::OutcomeUnknown` if the file may be truncated.
  Entry overwrite(std::string_view content, const StorageError& refusal);

 private:
  /// A PUT to the target with one conditional header.
  http_client::HttpRequest wholePut(const char* condition, std::string value);
  void sendNew(const http_client::HttpRequest& request, std::string_view content,
               http_client::HttpHead& answer);
  Outcome lookAfterPut();
  std::optional<Entry> refuseOrReplace();
  Entry verify(const http_client::HttpHead& answer, std::string_view content);
  void withdraw(const http_client::HttpHead& answer) noexcept;
  void sendInPlace(const http_client::HttpRequest& request, std::string_view content,
                   http_client::HttpHead& answer);
  Outcome lookAfterPutInPlace();

  UploadTarget& target_;
};

}  // namespace mediadock::nextcloud
