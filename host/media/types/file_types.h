#pragma once

/// \file
/// Determines types of files by their content, and which types are accepted.

#include "media/types/denied_types.h"
#include "media/types/type_sniffer.h"
#include "media/types/upload_type_check.h"
#include "media/types/version_memo.h"
#include "mediadock/entry.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace mediadock::media {

/// Sniffs each version of a file once. All calls may run concurrently.
class FileTypes {
 public:
  /// \param denied types that uploads may not have.
  explicit FileTypes(DeniedTypes denied);

  const DeniedTypes& denied() const noexcept { return denied_; }

  /// The type of this version of a file; nullopt if it has not been learned.
  std::optional<SniffedType> find(const StoragePath& path, const ETag& version) const {
    return memo_.find(path, version);
  }

  /// The type of a file that begins with `beginning`: its first `TypeSniffer::kBytes`, or all of a
  /// shorter file. Remembered if there is a `version`.
  SniffedType learn(const StoragePath& path, const std::optional<ETag>& version,
                    std::span<const std::byte> beginning);

  void remember(const StoragePath& path, const ETag& version, const SniffedType& type) {
    memo_.remember(path, version, type);
  }

  /// Starts the check of one file; the check borrows this object. See `UploadTypeCheck`.
  /// \throws RefusedType if the name or `declared` is denied.
  UploadTypeCheck check(std::string_view filename, std::string_view declared) {
    return {denied_, sniffer_, filename, declared};
  }

 private:
  const DeniedTypes denied_;
  TypeSniffer sniffer_;
  VersionMemo<SniffedType> memo_;
};

}  // namespace mediadock::media
