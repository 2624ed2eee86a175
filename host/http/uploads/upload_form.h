#pragma once

/// \file
/// The fields of an upload's form.

#include "http/exchange/caller.h"
#include "http/syntax/headers.h"
#include "http/uploads/multipart_reader.h"
#include "media/rules/upload_fields.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Gathers fields in the order they come; each is known from then on.
///
/// Fields that are not known here are passed over: forms of browsers and of other software carry
/// their own. What they say together never exceeds what a record may hold. All calls throw
/// ProblemException 400 that names the field, StorageError `InvalidPath` and `InvalidArgument`, and
/// OutsideReach.
class UploadForm {
 public:
  /// Takes `If-Match` and `If-None-Match: *` of the request, which outdo `on_conflict`.
  /// \param caller must outlive the form. It has to reach the destination folder, and is the one
  ///   who uploads, until a field says otherwise.
  UploadForm(const Headers& headers, const Caller& caller);

  void addField(std::string_view name, const std::string& value);

  /// What is known for a file that begins with `part`. A `size` and the time of the file (`mtime`
  /// in seconds since 1970, or `lastModified` in milliseconds) before it belong to it alone.
  UploadFields startFile(const Part& part);

  /// What is known for a file once the form has ended.
  /// \param digest the file's own, from its part; may be empty.
  /// \param fileCount how many files there are: `sha256` can only belong to a single one.
  UploadFields finish(const std::string& digest, std::size_t fileCount) const;

  /// A file of this form takes the place of another.
  bool replaces() const noexcept { return fields_.onConflict == OnConflict::Replace; }

  /// `If-None-Match: *` makes a taken name 412 instead of 409.
  bool asksForNew() const noexcept { return asksForNew_; }

 private:
  /// A field that may stand once.
  void addSingle(std::string_view name, const std::string& value);
  void addPath(const std::string& value);
  void addTime(std::string_view name, const std::string& value);
  void addTags(const std::string& value);
  void addOnConflict(const std::string& value);

  const Caller& caller_;
  UploadFields fields_;
  std::optional<std::uint64_t> nextSize_;
  std::optional<Timestamp> nextTime_;
  std::set<std::string, std::less<>> seen_;
  bool asksForNew_ = false;
};

/// Whether a field of this name has the destination folder.
bool isFolderField(std::string_view name) noexcept;

/// The SHA-256 that the part's own `Content-Digest` names, in hex; empty where it names none.
std::string digestOf(const Part& part);

}  // namespace mediadock
