#pragma once

/// \file
/// The names that a server accepts; checked before a byte is sent.

#include "mediadock/capabilities.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::nextcloud {

/// Prefix of all temporary names that we create in a file tree. Such names are reserved: hidden
/// when reading, refused when writing.
inline constexpr std::string_view kTemporaryPrefix = ".mediadock-upload-";

/// Whether a segment of the path is one of our temporary names.
bool isTemporary(const StoragePath& path);

struct NameRules {
  std::size_t maxNameBytes = StoragePath::kMaxNameBytes;
  std::size_t maxPathBytes = 0;
  std::string forbiddenCharacters;
  std::vector<std::string> forbiddenNames;
  /// Forbidden before the first dot of a name, such as `con` in `con.txt` on Windows.
  std::vector<std::string> forbiddenBasenames;
  std::vector<std::string> forbiddenPrefixes;
  std::vector<std::string> forbiddenExtensions;
  /// Hides all names with this extension: Nextcloud uses it for running uploads, and its responses
  /// about missing files of such names are meaningless.
  std::string hiddenExtension;
  /// The server stores names in NFC, whatever form they are sent in.
  bool keepsNfc = false;

  /// The path under which the server stores `path`, so that our entries, listings and the storage
  /// agree.
  /// \throws StorageError `InvalidPath` if its normalised form is too long.
  StoragePath normalised(const StoragePath& path) const;

  /// Whether `path` is hidden, whatever the server says: one of our temporary names, or one of the
  /// server's own.
  bool hides(const StoragePath& path) const;

  /// \throws StorageError `InvalidPath`; the message names the rule.
  void check(const StoragePath& path) const;

  void describe(Capabilities& capabilities) const;

 private:
  void checkName(std::string_view name, const StoragePath& path) const;
};

/// The rules of a default Nextcloud 32, for whatever a server does not report.
NameRules nextcloudNameRules(const StoragePath& basePath);

/// Names that any file system accepts.
NameRules plainNameRules(const StoragePath& basePath);

}  // namespace mediadock::nextcloud
