#pragma once

/// \file
/// Parses the fields of an upload form.

#include "http/exchange/caller.h"
#include "http/syntax/headers.h"
#include "http/uploads/multipart_reader.h"
#include "media/rules/upload_fields.h"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// Collects fields in the order they arrive: `startFile` returns those known so far, `finish` all.
///
/// Unknown fields are ignored: browsers and other software add their own. The fields together never
/// exceed the limits of a record. All calls throw ProblemException 400 that names the field,
/// StorageError `InvalidPath` and `InvalidArgument`, and PathForbidden.
class UploadFormFields {
 public:
  /// Reads `If-Match` and `If-None-Match: *` from `headers`; they take precedence over
  /// `on_conflict`.
  /// \param caller must outlive the form. It must be allowed to access the destination folder, and
  ///   is recorded as the uploader unless a field names another.
  UploadFormFields(const Headers& headers, const Caller& caller);

  void addField(std::string_view name, const std::string& value);

  /// The fields known so far for a file that begins with `part`. A preceding `size` or time
  /// (`mtime` in seconds since 1970, or `lastModified` in milliseconds) applies to this file only.
  media::UploadFields startFile(const Part& part);

  /// The fields for a file once the form is complete.
  /// \param digest from the file's part; may be empty.
  /// \param fileCount number of files: the field `sha256` is only allowed with a single one.
  media::UploadFields finish(const std::string& digest, std::size_t fileCount) const;

  /// Files of this form replace existing ones.
  bool replaces() const noexcept { return fields_.onConflict == media::OnConflict::Replace; }

  /// The request has `If-None-Match: *`, so that an existing name gives 412 instead of 409.
  bool asksForNew() const noexcept { return asksForNew_; }

 private:
  /// Adds a field that may occur only once.
  void addSingle(std::string_view name, const std::string& value);
  void addPath(const std::string& value);
  void addTime(std::string_view name, const std::string& value);
  void addTags(const std::string& value);
  void addOnConflict(const std::string& value);

  const Caller& caller_;
  media::UploadFields fields_;
  std::optional<std::uint64_t> nextSize_;
  std::optional<Timestamp> nextTime_;
  std::set<std::string, std::less<>> seen_;
  bool asksForNew_ = false;
};

/// Whether a field of this name holds the destination folder.
bool isFolderField(std::string_view name) noexcept;

/// The SHA-256 in the part's `Content-Digest`, in hex; empty if there is none.
std::string digestOf(const Part& part);

}  // namespace mediadock::http
