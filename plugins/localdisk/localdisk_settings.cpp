#include "localdisk_settings.h"

#include <limits>
#include <string_view>
#include <system_error>

namespace mediadock::localdisk {
namespace {

std::optional<std::uint64_t> bytes(const Settings& settings, std::string_view key) {
  const auto number = settings.integer(key, -1, 0, std::numeric_limits<std::int64_t>::max());
  return number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(number));
}

}  // namespace

LocalDiskSettings LocalDiskSettings::parse(const Settings& settings) {
  constexpr std::int64_t kLongestLatency = 24L * 3600 * 1000;
  std::error_code error;
  // Made absolute once, so that a later chdir does not move the store.
  LocalDiskSettings parsed{
      .root = std::filesystem::absolute(settings.text("root", "var/media"), error)};
  if (error) {
    throw StorageError(StorageErrc::ConfigInvalid, "setting 'root': " + error.message());
  }
  parsed.faults = {
      .latency =
          std::chrono::milliseconds(settings.integer("fault.latency_ms", 0, 0, kLongestLatency)),
      .rules = parseFaultRules("fault.fail", settings.text("fault.fail")),
      .capacityBytes = bytes(settings, "fault.capacity_bytes"),
      .cutReadAfterBytes = bytes(settings, "fault.cut_read_after_bytes"),
      .cutWriteAfterBytes = bytes(settings, "fault.cut_write_after_bytes"),
  };
  return parsed;
}

}  // namespace mediadock::localdisk
