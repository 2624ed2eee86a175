#pragma once

/// \file
/// The configuration of the local disk provider.

#include "faults/fault_injector.h"
#include "mediadock/plugin.h"
#include "mediadock/settings.h"

#include <filesystem>

namespace mediadock::localdisk {

inline constexpr SettingSpec kLocalDiskSettings[] = {
    {"root", "var/media", "Folder that holds the files. Made where it is missing."},
    {"fault.latency_ms", "", "For tests: delay of each call, in milliseconds."},
    {"fault.fail", "",
     "For tests: calls that fail, as OPERATION:NUMBER:CODE, comma-separated. NUMBER counts the "
     "calls of the operation from 1; * is every call."},
    {"fault.capacity_bytes", "", "For tests: the store is full beyond that many bytes in all."},
    {"fault.cut_read_after_bytes", "", "For tests: reading breaks off after that many bytes."},
    {"fault.cut_write_after_bytes", "", "For tests: writing breaks off after that many bytes."},
};

struct LocalDiskSettings {
  /// Absolute.
  std::filesystem::path root;
  FaultSettings faults;

  /// \throws StorageError `ConfigInvalid`; names the key.
  static LocalDiskSettings parse(const Settings& settings);
};

}  // namespace mediadock::localdisk
