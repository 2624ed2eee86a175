#include "http/syntax/header_lines.h"

#include "http/syntax/headers.h"

#include <algorithm>
#include <iterator>
#include <stdexcept>

namespace mediadock::http {
namespace {

constexpr std::string_view kCrLf = "\r\n";
/// Enough for the fields of a typical response.
constexpr std::size_t kOrdinaryBytes = 768;
constexpr std::size_t kOrdinaryFields = 16;

}  // namespace

void HeaderLines::set(std::string_view name, std::string_view value) {
  if (!base::isToken(name) || hasControlCharacter(value)) {
    throw std::invalid_argument("a header of the answer is not well-formed: " + std::string(name));
  }
  remove(name);
  if (text_.empty()) {
    text_.reserve(kOrdinaryBytes);
    begins_.reserve(kOrdinaryFields);
  }
  begins_.push_back(text_.size());
  text_.append(name).append(": ").append(value).append(kCrLf);
}

void HeaderLines::clear() noexcept {
  text_.clear();
  begins_.clear();
}

void HeaderLines::remove(std::string_view name) {
  const auto found = std::find_if(begins_.begin(), begins_.end(), [&](std::size_t begin) {
    const std::string_view line = std::string_view(text_).substr(begin);
    return line.size() > name.size() && line[name.size()] == ':' &&
           base::equalsIgnoringCase(line.substr(0, name.size()), name);
  });
  if (found == begins_.end()) {
    return;
  }
  const auto next = std::next(found);
  const std::size_t size = (next == begins_.end() ? text_.size() : *next) - *found;
  text_.erase(*found, size);
  for (auto begin = begins_.erase(found); begin != begins_.end(); ++begin) {
    *begin -= size;
  }
}

}  // namespace mediadock::http
