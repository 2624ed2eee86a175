#pragma once

/// \file
/// Identifies the process that created an upload folder, so that the folders of dead processes can
/// be swept early.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// Identifies a process such that others on the same machine can tell whether it still runs.
/// Process IDs are reused, and are only valid within one PID namespace and one boot.
struct UploadOwner {
  /// Hash of the boot and the namespace: 8 hex digits.
  std::string scope;
  std::uint64_t processId = 0;
  /// In clock ticks since boot (proc(5), `starttime`).
  std::uint64_t startedAt = 0;

  friend bool operator==(const UploadOwner&, const UploadOwner&) = default;
};

/// This process; determined once.
const UploadOwner& thisUploadOwner();

/// `SCOPE-PID-START` in hex, for use in a name.
std::string toString(const UploadOwner& owner);

/// The owner at the start of `text`, a name without our prefix; nullopt if there is none.
std::optional<UploadOwner> parseUploadOwner(std::string_view text);

/// Whether the process ran on this machine and has ended. False if unknown.
bool isGone(const UploadOwner& owner);

}  // namespace mediadock::nextcloud
