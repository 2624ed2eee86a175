#pragma once

/// \file
/// Names for a file where the wished one may be taken.

#include "mediadock/call_context.h"
#include "mediadock/storage_provider.h"

#include <cstddef>
#include <string>

namespace mediadock {

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

  /// Goes on to the first name that nothing in `folder` has now. Two calls to the storage at the
  /// most, however many names are taken; a phone calls all its pictures `image.jpg`.
  void skipTaken(IStorageProvider& provider, const StoragePath& folder, const CallContext& context);

 private:
  std::string name_;
  std::size_t maxBytes_;
  std::size_t number_ = 1;
};

}  // namespace mediadock
