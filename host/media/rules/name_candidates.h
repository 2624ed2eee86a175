#pragma once

/// \file
/// Alternative names for a file whose name may be taken.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace mediadock::media {

/// `photo.jpg` and 2 give `photo (2).jpg`; `archive.tar.gz` gives `archive (2).tar.gz`. A name
/// without an extension, or a hidden one such as `.profile`, gets the number at its end. If the
/// result is longer than `maxBytes`, the part before the number is truncated at a character
/// boundary.
/// \pre `name` is valid UTF-8.
std::string numberedName(std::string_view name, std::size_t number, std::size_t maxBytes);

/// Gives `photo.jpg`, `photo (2).jpg`, `photo (3).jpg`, … in turn.
class NameCandidates {
 public:
  /// \pre `maxBytes` is large enough for a number and an extension.
  NameCandidates(std::string name, std::size_t maxBytes);

  std::string current() const;

  /// Whether a name before the current one was taken.
  bool haveBeenTaken() const noexcept { return number_ > 1; }

  void next() { ++number_; }

  void restart() { number_ = 1; }

  /// Advances to the first name not in use in `folder`. One `stat`; if the name is taken, one
  /// listing of the folder, however many names are taken: a phone calls all its pictures
  /// `image.jpg`.
  void skipTaken(IStorageProvider& provider, const StoragePath& folder, const CallContext& context);

 private:
  std::string name_;
  std::size_t maxBytes_;
  std::size_t number_ = 1;
};

}  // namespace mediadock::media
