#pragma once

/// \file
/// Uploads through a local spool, for storages that cannot keep unfinished uploads or have to know
/// more than is known yet.

#include "media/uploads/media_upload.h"
#include "media/uploads/upload_spool.h"
#include "storage/calls/per_call_deadline.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::media {

class UploadStarter;

/// Bytes are spooled to a local file; `commit` sends them to the storage as a normal upload.
class SpooledUpload final : public MediaUpload {
 public:
  /// Borrows the starter, with its spool, for its lifetime.
  /// \param file the file to resume; absent: one is created with the first byte.
  /// \param received bytes of the file that are valid; those after them are dropped.
  /// \param fields without a size: all that arrives until the commit is the file.
  SpooledUpload(UploadStarter& starter, std::optional<SpooledFile> file, std::uint64_t received,
                std::string_view filename, const UploadFields& fields, const CallContext& context);
  ~SpooledUpload() override;

  void write(std::span<const std::byte> bytes) override;

  void flush() override {}

  bool canSuspend() const override { return true; }

  records::UploadCheckpoint suspend() override;

  /// The spooled file is removed only after success. If another client takes its name meanwhile and
  /// the upload may be renamed, the next free name is tried, `kMostTries` times in all.
  records::MediaRecord commit(const UploadFields& fields) override;

  static constexpr int kMostTries = 3;

  std::optional<ETag> replaced() const override { return replaced_; }

 private:
  records::MediaRecord send(const UploadFields& fields);

  UploadStarter& starter_;
  std::optional<SpooledFile> file_;
  std::uint64_t received_;
  /// The bytes covered by the last checkpoint; the rest is dropped with this object.
  std::uint64_t kept_;
  const std::string filename_;
  const std::optional<std::uint64_t> size_;
  const storage::PerCallDeadline context_;
  std::optional<ETag> replaced_;
};

/// The checkpoint token of a spooled upload; an empty name means that its file is yet to be
/// created.
std::string spoolToken(const std::string& file);

/// The file named by such a token; nullopt for a token of the storage.
std::optional<std::string> spooledFileOf(std::string_view token);

}  // namespace mediadock::media
