#pragma once

/// \file
/// What uploads in several requests go by.

#include "media/uploads/unfinished_limits.h"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace mediadock {

struct ResumableUploadSettings {
  /// How long an upload is kept after its last piece.
  std::chrono::seconds expireAfter{86400};
  /// Where pieces wait for a storage that cannot keep them itself. Made when it is needed.
  std::filesystem::path spoolDirectory = "var/uploads";
  /// The most bytes that may wait there; 0: such storages take no such uploads.
  std::uint64_t spoolMaxBytes = 17179869184;
  UnfinishedLimits perOwner;
};

}  // namespace mediadock
