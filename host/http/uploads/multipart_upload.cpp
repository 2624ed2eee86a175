#include "http/uploads/multipart_upload.h"

#include "http/logs/audit_log.h"
#include "http/syntax/problem_exception.h"
#include "media/media_service.h"

#include <Poco/Logger.h>

namespace mediadock::http {

MultipartUpload::MultipartUpload(media::MediaService& media, AuditLog& audit, Request& request,
                                 media::RepeatableUpload* key, std::uint64_t maxFileBytes)
    : media_(media),
      audit_(audit),
      request_(request),
      key_(key),
      maxFileBytes_(maxFileBytes),
      bytesLeft_(maxFileBytes),
      form_(request.headers(), request.caller()) {}

std::vector<records::MediaRecord> MultipartUpload::take(MultipartReader& reader) {
  try {
    readForm(reader);
    return isRepeat() ? compare() : commit();
  } catch (const StorageError& error) {
    if (error.code() == StorageErrc::AlreadyExists && form_.asksForNew()) {
      throw StorageError(StorageErrc::PreconditionFailed, error.what());
    }
    throw;
  }
}

void MultipartUpload::readForm(MultipartReader& reader) {
  while (const auto part = reader.next()) {
    if (!files_.empty() && files_.back().upload) {
      files_.back().upload->flush();
    }
    readPart(reader, *part);
  }
  if (files_.empty()) {
    throw ProblemException(400, "the form has no part 'file' with a file");
  }
}

void MultipartUpload::readPart(MultipartReader& reader, const Part& part) {
  if (part.filename && part.filename->empty()) {
    passEmptyInput(reader, part);
  } else if (part.filename) {
    readFile(reader, part);
  } else if (part.name == "file") {
    throw ProblemException(400, "the part 'file' has no file name");
  } else {
    form_.addField(part.name, reader.readText());
  }
}

/// Skips the part that browsers send for an input without a chosen file (HTML, constructing the
/// entry list).
void MultipartUpload::passEmptyInput(MultipartReader& reader, const Part& part) {
  if (!reader.readPiece().empty()) {
    throw ProblemException(400, "the part '" + part.name + "' has content, but no file name");
  }
}

void MultipartUpload::readFile(MultipartReader& reader, const Part& part) {
  if (part.name != "file") {
    throw ProblemException(400, "files come in parts named 'file'");
  }
  const media::UploadFields fields = form_.startFile(part);
  requireRoom(fields.size.value_or(0));
  const std::string name = StoragePath().child(*part.filename).str();
  File& file = files_.emplace_back();
  file.name = name;
  file.announcedSha256 = digestOf(part);
  file.modifiedAt = fields.modifiedAt;
  if (!isRepeat()) {
    file.upload = media_.uploads().start(name, fields, request_.context());
  }
  std::uint64_t taken = 0;
  for (auto piece = reader.readPiece(); !piece.empty(); piece = reader.readPiece()) {
    requireRoom(piece.size());
    bytesLeft_ -= piece.size();
    taken += piece.size();
    if (fields.size && taken > *fields.size) {
      throw ProblemException(400, "the file is longer than the form says");
    }
    takeBytes(file, piece);
  }
  if (fields.size && taken < *fields.size) {
    throw ProblemException(400, "the file is shorter than the form says");
  }
}

void MultipartUpload::requireRoom(std::uint64_t bytes) const {
  if (bytes > bytesLeft_) {
    throw ProblemException(413, "the files of an upload may have " + std::to_string(maxFileBytes_) +
                                    " bytes together");
  }
}

void MultipartUpload::takeBytes(File& file, std::span<const std::byte> bytes) {
  if (key_ != nullptr) {
    key_->keep();
  }
  if (file.upload) {
    file.upload->write(bytes);
  } else {
    file.sha256.update(bytes);
  }
}

media::UploadFields MultipartUpload::fieldsOf(const File& file) const {
  media::UploadFields fields = form_.finish(file.announcedSha256, files_.size());
  fields.uploadId = key_ == nullptr ? "" : key_->id();
  fields.modifiedAt = file.modifiedAt;
  return fields;
}

std::vector<records::MediaRecord> MultipartUpload::commit() {
  auto records = commitFiles();
  if (key_ != nullptr) {
    std::vector<media::SentFile> sent;
    for (std::size_t i = 0; i < records.size(); ++i) {
      sent.push_back({.name = files_[i].name, .sha256 = records[i].sha256});
    }
    key_->finish(fieldsOf(files_.front()), sent, records);
  }
  return records;
}

/// If one fails, files that replaced others are kept: their old content is gone, and removing the
/// new one would lose both.
std::vector<records::MediaRecord> MultipartUpload::commitFiles() {
  std::vector<records::MediaRecord> records;
  try {
    for (File& file : files_) {
      records.push_back(commitFile(file));
    }
  } catch (...) {
    files_.clear();
    undo(records);
    throw;
  }
  return records;
}

records::MediaRecord MultipartUpload::commitFile(File& file) {
  const media::UploadFields fields = fieldsOf(file);
  if (key_ != nullptr) {
    key_->keepForCommit();
  }
  records::MediaRecord record;
  audit_.follow(request_, {.what = "upload"}, [&](Change& change) {
    record = file.upload->commit(fields);
    change.path = record.path.str();
    change.recordId = record.id;
    change.before = file.upload->replaced();
    change.after = record.etag;
  });
  return record;
}

/// Returns the records that the form created the first time.
std::vector<records::MediaRecord> MultipartUpload::compare() {
  std::vector<media::SentFile> sent;
  for (File& file : files_) {
    sent.push_back({.name = file.name, .sha256 = file.sha256.hex()});
    const std::string announced = fieldsOf(file).sha256;
    if (!announced.empty() && announced != sent.back().sha256) {
      throw StorageError(StorageErrc::ChecksumMismatch, "the bytes that arrived are others");
    }
  }
  try {
    auto records = key_->recordsOf(fieldsOf(files_.front()), sent);
    for (const records::MediaRecord& record : records) {
      request_.caller().requireReach(record.path);
    }
    return records;
  } catch (const media::UploadKeyError& error) {
    if (error.reason() == media::UploadKeyError::Reason::BrokenOff) {
      removeOrphans();
    }
    throw;
  }
}

/// Removes what an interrupted first attempt left behind, so that the upload can start over.
void MultipartUpload::removeOrphans() {
  if (!form_.replaces()) {
    for (const records::MediaRecord& record : key_->orphanedRecords()) {
      request_.caller().requireReach(record.path);
    }
    for (const records::MediaRecord& record : key_->orphanedRecords()) {
      remove(record, request_.context());
    }
  }
  key_->releaseAfterCleanup();
}

void MultipartUpload::undo(const std::vector<records::MediaRecord>& records) noexcept {
  if (form_.replaces()) {
    return;
  }
  // Not cancelled when the server stops, so that no half form is left behind.
  CallContext context = request_.context();
  context.cancellation = {};
  for (const records::MediaRecord& record : records) {
    try {
      remove(record, context);
    } catch (const std::exception& error) {
      Poco::Logger::get("http").error(request_.id() +
                                      ": a file of a broken form stays: " + error.what());
    }
  }
}

void MultipartUpload::remove(const records::MediaRecord& record, const CallContext& context) {
  audit_.follow(request_, {.what = "delete", .path = record.path.str()}, [&](Change& change) {
    change.before = media_.remove(record.path, {.ifMatch = record.etag}, context);
  });
}

}  // namespace mediadock::http
