#include "app/config/host_values.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <utility>

namespace mediadock::app {
namespace {

constexpr std::int64_t kDayInSeconds = 86400;

template <typename Read>
auto checked(const HostValues& values, const std::string& key, Read read) -> decltype(read()) {
  try {
    return read();
  } catch (const StorageError& error) {
    values.refuse(key, error.what());
  }
}

}  // namespace

HostValues::HostValues(const ConfigLayers& layers) : given_(resolve(layers, hostKeys())) {
  Settings::Values texts;
  for (const ConfigKey& key : hostKeys()) {
    const auto found = given_.find(key.name);
    const bool isGiven = found != given_.end() && !found->second.text.empty();
    texts.emplace(key.name, isGiven ? found->second.text : key.defaultValue);
  }
  texts_ = Settings(std::move(texts));
}

std::int64_t HostValues::integer(const std::string& key, std::int64_t min, std::int64_t max) const {
  return checked(*this, key, [&] { return texts_.integer(key, min, min, max); });
}

std::chrono::seconds HostValues::seconds(const std::string& key) const {
  return std::chrono::seconds(integer(key, 1, kDayInSeconds));
}

bool HostValues::flag(const std::string& key) const {
  return checked(*this, key, [&] { return texts_.flag(key, false); });
}

std::vector<std::string> HostValues::members(const std::string& key) const {
  std::vector<std::string> found;
  const std::string whole = text(key);
  for (std::string_view rest = whole; !rest.empty();) {
    const std::string_view member = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(member.size() + 1, rest.size()));
    const auto first = std::min(member.find_first_not_of(' '), member.size());
    found.emplace_back(member.substr(first, member.find_last_not_of(' ') - first + 1));
  }
  return found;
}

void HostValues::refuse(const std::string& key, const std::string& reason) const {
  const auto found = given_.find(key);
  throw StorageError(StorageErrc::ConfigInvalid,
                     found == given_.end() ? reason : reason + "; see " + found->second.source);
}

}  // namespace mediadock::app
