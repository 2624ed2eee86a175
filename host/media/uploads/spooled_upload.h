#pragma once

/// \file
/// The upload to a storage that cannot keep unfinished ones, or has to know more than is known yet.

#include "media/uploads/media_upload.h"
#include "media/uploads/upload_spool.h"
#include "storage/calls/renewed_context.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

class UploadStarter;

/// Bytes wait in a spooled file; `commit` sends them through the upload that all others take.
class SpooledUpload final : public MediaUpload {
 public:
  /// Borrows the starter, with its spool, for its lifetime.
  /// \param file where to go on; absent: one is made for the first byte.
  /// \param received how many bytes of the file count already; those behind are dropped.
  /// \param fields without a size: what comes until the commit is the file.
  SpooledUpload(UploadStarter& starter, std::optional<SpooledFile> file, std::uint64_t received,
                std::string_view filename, const UploadFields& fields, const CallContext& context);
  ~SpooledUpload() override;

  void write(std::span<const std::byte> bytes) override;

  void flush() override {}

  bool canSuspend() const override { return true; }

  UploadCheckpoint suspend() override;

  /// The file leaves the spool only when this succeeded. Where somebody else takes its name just
  /// then, and may keep it, the next free one is tried, `kMostTries` times in all.
  MediaRecord commit(const UploadFields& fields) override;

  static constexpr int kMostTries = 3;

  std::optional<ETag> replaced() const override { return replaced_; }

 private:
  MediaRecord send(const UploadFields& fields);

  UploadStarter& starter_;
  std::optional<SpooledFile> file_;
  std::uint64_t received_;
  /// What the last checkpoint counts; the rest goes with this object.
  std::uint64_t kept_;
  const std::string filename_;
  const std::optional<std::uint64_t> size_;
  const RenewedContext context_;
  std::optional<ETag> replaced_;
};

/// The token of a checkpoint that lies in a spool; an empty name: its file is still to be made.
std::string spoolToken(const std::string& file);

/// The file that such a token names; nothing for a token of the storage.
std::optional<std::string> spooledFileOf(std::string_view token);

}  // namespace mediadock
