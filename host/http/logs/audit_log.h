#pragma once

/// \file
/// Who changed what: one line for each change that was made through the API.

#include "http/logs/appended_file.h"
#include "mediadock/etag.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

class Request;

/// What there is to say of a change. Empty: not known, or there is none.
struct Change {
  /// `upload`, `delete`, `move`, `create_folder`, `add_record`, `edit_record`, `delete_record`.
  std::string_view what;
  std::string path;
  /// Where a move leads to.
  std::string target;
  std::string recordId;
  /// Of the file. What is not known without asking the storage for it is left out.
  std::optional<ETag> before;
  std::optional<ETag> after;
  /// Whether anything is another than before.
  bool wasMade = true;
};

/// Lines of JSON, in a file of their own or, as messages of the logger `audit`, in the log. A line
/// that cannot be written goes to the log as an error; the change stands. All calls may run
/// concurrently.
class AuditLog {
 public:
  /// \param file empty: the log.
  /// \throws StorageError `ConfigInvalid` where the file cannot be opened.
  explicit AuditLog(const std::string& file);

  /// Runs `make`, which fills in what it learns, and writes the line. A change that failed has
  /// none, unless nobody can know whether it was made.
  void follow(const Request& request, Change change, const std::function<void(Change&)>& make);

 private:
  void write(const std::string& line) noexcept;

  std::optional<AppendedFile> file_;
};

}  // namespace mediadock
