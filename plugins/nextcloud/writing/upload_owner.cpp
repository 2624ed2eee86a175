#include "writing/upload_owner.h"

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>

namespace mediadock::nextcloud {
namespace {

std::string readFile(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string hex(std::uint64_t number) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.begin(), digits.end(), number, 16).ptr;
  return {digits.begin(), end};
}

std::optional<std::uint64_t> parseHex(std::string_view text) {
  std::uint64_t number = 0;
  const auto end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number, 16);
  return result.ec == std::errc() && result.ptr == end ? std::optional(number) : std::nullopt;
}

/// FNV-1a, which is the same in every build.
std::uint32_t hash(std::string_view text) {
  std::uint32_t value = 2166136261U;
  for (const char c : text) {
    value = (value ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return value;
}

/// The start time of a process; nullopt if there is none. It is field 22; field 2, a name in
/// parentheses, may contain anything.
std::optional<std::uint64_t> startOf(std::uint64_t processId) {
  const auto text = readFile("/proc/" + std::to_string(processId) + "/stat");
  auto at = text.rfind(')');
  for (int field = 2; field < 22 && at != text.npos; ++field) {
    at = text.find(' ', at + 1);
  }
  if (at == text.npos) {
    return std::nullopt;
  }
  std::uint64_t ticks = 0;
  std::from_chars(text.data() + at + 1, text.data() + text.size(), ticks);
  return ticks;
}

UploadOwner findThisOwner() {
  std::error_code ignored;
  const auto space = std::filesystem::read_symlink("/proc/self/ns/pid", ignored).string();
  const auto boot = readFile("/proc/sys/kernel/random/boot_id");
  const auto processId = static_cast<std::uint64_t>(getpid());
  auto scope = hex(hash(boot + space));
  scope.insert(0, 8 - scope.size(), '0');
  return {.scope = scope, .processId = processId, .startedAt = startOf(processId).value_or(0)};
}

}  // namespace

const UploadOwner& thisUploadOwner() {
  static const UploadOwner owner = findThisOwner();
  return owner;
}

std::string toString(const UploadOwner& owner) {
  return owner.scope + "-" + hex(owner.processId) + "-" + hex(owner.startedAt);
}

std::optional<UploadOwner> parseUploadOwner(std::string_view text) {
  const auto first = text.find('-');
  const auto second = first == text.npos ? first : text.find('-', first + 1);
  if (first != 8 || second == text.npos) {
    return std::nullopt;
  }
  const auto third = text.find('-', second + 1);
  const auto processId = parseHex(text.substr(first + 1, second - first - 1));
  const auto startedAt = parseHex(text.substr(second + 1, third - second - 1));
  if (!processId || !startedAt) {
    return std::nullopt;
  }
  return UploadOwner{std::string(text.substr(0, first)), *processId, *startedAt};
}

bool isGone(const UploadOwner& owner) {
  const auto& own = thisUploadOwner();
  // If we cannot see ourselves, we cannot see others either.
  return owner.scope == own.scope && own.startedAt != 0 && owner.startedAt != 0 &&
         startOf(owner.processId) != owner.startedAt;
}

}  // namespace mediadock::nextcloud
