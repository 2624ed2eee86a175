#pragma once

/// \file
/// The errors of Nextcloud's WebDAV side, with the exception class that its clients look at.

#include "support/scripted_nextcloud/answer.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::scripted {

/// Thrown by handlers; the dispatcher turns it into the XML error body.
class DavError final : public std::runtime_error {
 public:
  /// `details` are elements after the message, ready as XML.
  DavError(int status, std::string exceptionClass, const std::string& message,
           std::string details = {});

  /// Adds a header to the answer.
  DavError with(std::string name, std::string value) &&;

  Answer toAnswer() const;

 private:
  int status_;
  std::string exceptionClass_;
  std::string details_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

/// `path` is relative to the user's root, without a leading slash, here and below.
DavError notFound(const std::string& path);
DavError badRequest(const std::string& message);
DavError conflict(const std::string& message);
DavError forbidden(const std::string& message);
DavError alreadyExists();
/// 412; `header` is the request header that was not fulfilled.
DavError preconditionFailed(const std::string& header, const std::string& message);
/// 400: a name that the storage does not take.
DavError invalidPath(const std::string& reason);
/// 423.
DavError fileLocked(const std::string& path);
/// 500: the lock as MOVE reports it.
DavError lockedException(const std::string& path);
/// 507.
DavError insufficientSpace(const std::string& path, std::uint64_t required,
                           std::uint64_t available);

/// `text` with XML's special characters replaced.
std::string escapeXml(const std::string& text);

}  // namespace mediadock::scripted
