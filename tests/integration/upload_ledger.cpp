#include "integration/upload_ledger.h"

#include <sstream>

namespace mediadock {

std::string uploadContent(unsigned number, std::size_t size) {
  std::string content =
      "upload " + std::to_string(number) + " of " + std::to_string(size) + " bytes\n";
  std::uint32_t state = number * 2654435761U + 1;
  while (content.size() < size) {
    state = state * 1664525U + 1013904223U;
    content += static_cast<char>(state >> 24U);
  }
  return content;
}

std::optional<unsigned> findUpload(const std::string& content) {
  std::istringstream head(content.substr(0, content.find('\n')));
  std::string upload;
  std::string of;
  unsigned number = 0;
  std::size_t size = 0;
  if (!(head >> upload >> number >> of >> size) || size != content.size() ||
      uploadContent(number, size) != content) {
    return std::nullopt;
  }
  return number;
}

unsigned UploadLedger::begin() {
  const std::lock_guard guard(mutex_);
  return ++begun_;
}

void UploadLedger::confirm(unsigned number, const std::string& path) {
  const std::lock_guard guard(mutex_);
  places_[path] = {.acceptable = {number}, .mustExist = true};
  ++confirmed_;
}

void UploadLedger::doubt(unsigned number, const std::optional<std::string>& path) {
  const std::lock_guard guard(mutex_);
  if (path) {
    places_[*path].acceptable.insert(number);
  } else {
    anywhere_.insert(number);
  }
}

std::size_t UploadLedger::confirmedCount() const {
  const std::lock_guard guard(mutex_);
  return confirmed_;
}

std::vector<std::string> UploadLedger::audit(
    const std::map<std::string, std::string>& contentByPath) const {
  const std::lock_guard guard(mutex_);
  std::vector<std::string> faults;
  std::map<unsigned, std::string> seen;
  for (const auto& [path, content] : contentByPath) {
    const auto number = findUpload(content);
    if (!number) {
      faults.push_back(path + " holds " + std::to_string(content.size()) + " bytes of no upload");
      continue;
    }
    if (const auto [first, isNew] = seen.emplace(*number, path); !isNew) {
      faults.push_back(path + " repeats upload " + std::to_string(*number) + " of " +
                       first->second);
    }
    const auto place = places_.find(path);
    const bool isExpected = place != places_.end() && place->second.acceptable.contains(*number);
    if (!isExpected && !anywhere_.contains(*number)) {
      faults.push_back(path + " holds upload " + std::to_string(*number) + ", which is not its");
    }
  }
  for (const auto& [path, place] : places_) {
    if (place.mustExist && !contentByPath.contains(path)) {
      faults.push_back(path + " was confirmed and is not there");
    }
  }
  return faults;
}

}  // namespace mediadock
