#pragma once

/// \file
/// The audit log: one line for each change made through the API, with who made it.

#include "http/logs/appended_file.h"
#include "mediadock/etag.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

class Request;

/// The details of a change. Empty fields are unknown or not applicable.
struct Change {
  /// `upload`, `delete`, `move`, `create_folder`, `add_record`, `edit_record`, `delete_record`.
  std::string_view what;
  std::string path;
  /// The destination of a move.
  std::string target;
  std::string recordId;
  /// Etags of the file. Left out if they would have to be fetched from the storage.
  std::optional<ETag> before;
  std::optional<ETag> after;
  /// Whether anything has changed.
  bool wasMade = true;
};

/// Writes JSON lines to a separate file or, through the logger `audit`, to the log. A line that
/// cannot be written is logged as an error; the change is not undone. Thread-safe.
class AuditLog {
 public:
  /// \param file empty: lines go to the log.
  /// \throws StorageError `ConfigInvalid` if the file cannot be opened.
  explicit AuditLog(const std::string& file);

  /// Runs `make`, which completes the details, and writes the line. For a failed change no line is
  /// written, unless it is unknown whether it took effect.
  void follow(const Request& request, Change change, const std::function<void(Change&)>& make);

 private:
  void write(const std::string& line) noexcept;

  std::optional<AppendedFile> file_;
};

}  // namespace mediadock::http
