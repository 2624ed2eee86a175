#include "mediadock/settings.h"

#include "mediadock/storage_error.h"

#include <charconv>
#include <utility>

namespace mediadock {
namespace {

[[noreturn]] void refuse(std::string_view key, const std::string& expected) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     "setting '" + std::string(key) + "' must be " + expected);
}

template <typename Number>
std::optional<Number> parseNumber(std::string_view text) {
  Number number{};
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

Settings::Settings(Values values) : values_(std::move(values)) {}

std::optional<std::string_view> Settings::find(std::string_view key) const {
  const auto found = values_.find(key);
  if (found == values_.end() || found->second.empty()) {
    return std::nullopt;
  }
  return found->second;
}

std::string Settings::text(std::string_view key, std::string_view fallback) const {
  return std::string(find(key).value_or(fallback));
}

std::int64_t Settings::integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                               std::int64_t max) const {
  const auto value = find(key);
  if (!value) {
    return fallback;
  }
  const auto number = parseNumber<std::int64_t>(*value);
  if (!number || *number < min || *number > max) {
    refuse(key, "a whole number from " + std::to_string(min) + " to " + std::to_string(max));
  }
  return *number;
}

bool Settings::flag(std::string_view key, bool fallback) const {
  const auto value = find(key);
  if (!value) {
    return fallback;
  }
  if (*value != "true" && *value != "false") {
    refuse(key, "true or false");
  }
  return *value == "true";
}

std::chrono::milliseconds Settings::seconds(std::string_view key,
                                            std::chrono::milliseconds fallback) const {
  const auto value = find(key);
  if (!value) {
    return fallback;
  }
  constexpr double kLongest = 1e9;
  const auto number = parseNumber<double>(*value);
  if (!number || !(*number >= 0 && *number <= kLongest)) {
    refuse(key, "a number of seconds, such as 5 or 0.5");
  }
  return std::chrono::milliseconds(static_cast<std::int64_t>(*number * 1000));
}

}  // namespace mediadock
