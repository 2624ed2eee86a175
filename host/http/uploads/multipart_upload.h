#pragma once

/// \file
/// Uploads the files of a multipart form.

#include "base/sha256.h"
#include "http/exchange/request.h"
#include "http/uploads/multipart_reader.h"
#include "http/uploads/upload_form_fields.h"
#include "media/uploads/media_upload.h"
#include "media/uploads/repeatable_upload.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mediadock::media {
class MediaService;
}  // namespace mediadock::media

namespace mediadock::http {

class AuditLog;

/// Receives all files of a form first, and commits them once the form is complete. If a commit
/// fails, the files committed before are removed, except those that replaced an existing file. If
/// the form is a repeat, only digests are computed and compared.
class MultipartUpload {
 public:
  /// \param key makes the upload idempotent; may be null. All references must outlive the upload.
  /// \param maxFileBytes upper bound for all files together.
  MultipartUpload(media::MediaService& media, AuditLog& audit, Request& request,
                  media::RepeatableUpload* key, std::uint64_t maxFileBytes);

  /// Ignores inputs in which no file was chosen.
  /// \throws ProblemException, 413 if the files are too large; StorageError, RefusedType,
  ///   UploadKeyError.
  std::vector<records::MediaRecord> take(MultipartReader& reader);

 private:
  struct File {
    std::string name;
    /// The SHA-256 declared by the part; may be empty.
    std::string announcedSha256;
    /// The file's own time, if the form has one.
    std::optional<Timestamp> modifiedAt;
    std::unique_ptr<media::MediaUpload> upload;
    /// Used instead of `upload` if the form is a repeat.
    base::Sha256 sha256;
  };

  bool isRepeat() const noexcept { return key_ != nullptr && key_->isRepeat(); }

  void readForm(MultipartReader& reader);
  void readPart(MultipartReader& reader, const Part& part);
  void passEmptyInput(MultipartReader& reader, const Part& part);
  void readFile(MultipartReader& reader, const Part& part);
  void requireRoom(std::uint64_t bytes) const;
  void takeBytes(File& file, std::span<const std::byte> bytes);
  media::UploadFields fieldsOf(const File& file) const;
  std::vector<records::MediaRecord> commit();
  std::vector<records::MediaRecord> commitFiles();
  records::MediaRecord commitFile(File& file);
  std::vector<records::MediaRecord> compare();
  void removeOrphans();
  void undo(const std::vector<records::MediaRecord>& records) noexcept;
  void remove(const records::MediaRecord& record, const CallContext& context);

  media::MediaService& media_;
  AuditLog& audit_;
  Request& request_;
  media::RepeatableUpload* key_;
  const std::uint64_t maxFileBytes_;
  std::uint64_t bytesLeft_;
  UploadFormFields form_;
  std::vector<File> files_;
};

}  // namespace mediadock::http
