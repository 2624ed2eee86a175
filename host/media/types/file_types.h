#pragma once

/// \file
/// What files are by their bytes, and which types are taken.

#include "media/types/denied_types.h"
#include "media/types/type_sniffer.h"
#include "media/types/upload_type_check.h"
#include "media/types/version_memo.h"
#include "mediadock/entry.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace mediadock {

/// Sniffs a version of a file once. All calls may run concurrently.
class FileTypes {
 public:
  /// \param denied what no upload may be.
  explicit FileTypes(DeniedTypes denied);

  const DeniedTypes& denied() const noexcept { return denied_; }

  /// The type of this version of a file; nullopt if it was not learnt before.
  std::optional<SniffedType> find(const StoragePath& path, const ETag& version) const {
    return memo_.find(path, version);
  }

  /// The type of a file that begins with `beginning`: `TypeSniffer::kBytes` of it, or all of a
  /// shorter one. It is remembered if there is a `version`.
  SniffedType learn(const StoragePath& path, const std::optional<ETag>& version,
                    std::span<const std::byte> beginning);

  void remember(const StoragePath& path, const ETag& version, const SniffedType& type) {
    memo_.remember(path, version, type);
  }

  /// Begins to check one file; borrows this for the check's lifetime. See `UploadTypeCheck`.
  /// \throws RefusedType where the name or `declared` is denied.
  UploadTypeCheck check(std::string_view filename, std::string_view declared) {
    return {denied_, sniffer_, filename, declared};
  }

 private:
  const DeniedTypes denied_;
  TypeSniffer sniffer_;
  VersionMemo<SniffedType> memo_;
};

}  // namespace mediadock
