#pragma once

/// \file
/// What the server is about to say, as a value: handlers make it, misbehaviours bend it, and one
/// place sends it.

#include "support/scripted_nextcloud/file_descriptor.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::scripted {

/// Part of a file to be sent as the body.
struct FileSlice {
  std::shared_ptr<const FileDescriptor> file;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

/// A whole HTTP answer.
struct Answer {
  /// How the end of the body is told. Chunked is what comes out of PHP without a length.
  enum class Framing { Length, Chunked, NoBody };

  int status = 200;
  /// Empty: the usual words for `status`.
  std::string reason;
  std::vector<std::pair<std::string, std::string>> headers;
  Framing framing = Framing::Length;
  std::string body;
  /// Sent in place of `body`.
  std::optional<FileSlice> file;
  /// The connection is closed afterwards.
  bool closes = false;
  /// Released when the answer has been sent.
  std::shared_ptr<void> lock;

  std::uint64_t bodyLength() const { return file ? file->length : body.size(); }

  /// Replaces the header, or adds it.
  void set(const std::string& name, std::string value);
};

/// An answer with Nextcloud's headers for an empty body: 201, 204 and the like.
Answer emptyAnswer(int status);

/// A page as the web server in front of PHP makes it.
Answer htmlPage(int status, const std::string& title);

/// The page that a browser gets to log in with; a WebDAV client gets it where routing went astray.
Answer loginPage();

}  // namespace mediadock::scripted
