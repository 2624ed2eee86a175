#pragma once

/// \file
/// Settings of uploads that arrive in several requests.

#include "media/uploads/unfinished_limits.h"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace mediadock::media {

struct ResumableUploadSettings {
  /// How long an upload is kept after its last piece.
  std::chrono::seconds expireAfter{86400};
  /// Where pieces are stored for a storage that cannot keep unfinished uploads. Created on demand.
  std::filesystem::path spoolDirectory = "var/uploads";
  /// Upper bound on the bytes stored there; 0: such storages accept no such uploads.
  std::uint64_t spoolMaxBytes = 17179869184;
  UnfinishedLimits perOwner;
};

}  // namespace mediadock::media
