#pragma once

/// \file
/// Which process made an upload folder, so that one that was killed leaves nothing for long.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A process, as another one on the same machine can tell whether it still runs. Process ids are
/// used again, and count within one namespace and from one start of the machine only.
struct UploadOwner {
  /// Of the machine's start and the namespace: 8 hex digits.
  std::string scope;
  std::uint64_t processId = 0;
  /// In clock ticks since the machine's start (proc(5), `starttime`).
  std::uint64_t startedAt = 0;

  friend bool operator==(const UploadOwner&, const UploadOwner&) = default;
};

/// This process; found out once.
const UploadOwner& thisUploadOwner();

/// `SCOPE-PID-START` in hex, for a name.
std::string toString(const UploadOwner& owner);

/// The owner that a name begins with, after our prefix; nothing where it names none.
std::optional<UploadOwner> parseUploadOwner(std::string_view text);

/// Whether that process was one of this machine, and runs no more. False where that cannot be told.
bool isGone(const UploadOwner& owner);

}  // namespace mediadock
