#pragma once

/// \file
/// Which names a server takes, applied before a byte is sent.

#include "mediadock/capabilities.h"
#include "mediadock/storage_path.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

/// Begins every temporary name that we make in a files tree. Such names are ours alone: hidden when
/// reading, refused when writing.
inline constexpr std::string_view kTemporaryPrefix = ".mediadock-upload-";

/// Whether a segment of the path is a temporary name of ours.
bool isTemporary(const StoragePath& path);

struct NameRules {
  std::size_t maxNameBytes = StoragePath::kMaxNameBytes;
  std::size_t maxPathBytes = 0;
  std::string forbiddenCharacters;
  std::vector<std::string> forbiddenNames;
  /// Forbidden before the first dot of a name, as `con` of `con.txt` on Windows.
  std::vector<std::string> forbiddenBasenames;
  std::vector<std::string> forbiddenPrefixes;
  std::vector<std::string> forbiddenExtensions;
  /// Nothing that a user sees ends so: Nextcloud keeps running uploads under such names, and what
  /// it says of a missing one makes no sense.
  std::string hiddenExtension;
  /// The server keeps names in NFC, whatever form they come in.
  bool keepsNfc = false;

  /// The path under which the server keeps `path`, so that what we say of a file, what a listing
  /// says and what is stored agree.
  /// \throws StorageError `InvalidPath` where there can be none.
  StoragePath kept(const StoragePath& path) const;

  /// Whether there is nothing at `path`, whatever the server says: a temporary name of ours, or one
  /// of its own.
  bool hides(const StoragePath& path) const;

  /// \throws StorageError `InvalidPath`, naming the rule.
  void check(const StoragePath& path) const;

  void describe(Capabilities& capabilities) const;

 private:
  void checkName(std::string_view name, const StoragePath& path) const;
};

/// The rules of Nextcloud 32 as it is installed, for what a server does not tell.
NameRules nextcloudNameRules(const StoragePath& basePath);

/// What any file system takes.
NameRules plainNameRules(const StoragePath& basePath);

}  // namespace mediadock
