#include "http/header_lines.h"

#include "http/headers.h"

#include <cstddef>
#include <stdexcept>

namespace mediadock {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
/// What the fields of an ordinary answer take.
constexpr std::size_t kOrdinaryBytes = 768;

}  // namespace

void HeaderLines::set(std::string_view name, std::string_view value) {
  if (!isToken(name) || hasControlCharacter(value)) {
    throw std::invalid_argument("a header of the answer is not well-formed: " + std::string(name));
  }
  remove(name);
  if (text_.empty()) {
    text_.reserve(kOrdinaryBytes);
  }
  text_.append(name).append(": ").append(value).append(kLineEnd);
}

void HeaderLines::remove(std::string_view name) {
  for (std::size_t begin = 0; begin < text_.size();) {
    const std::string_view line = std::string_view(text_).substr(begin);
    const std::size_t size = line.find(kLineEnd) + kLineEnd.size();
    if (equalsIgnoringCase(line.substr(0, line.find(':')), name)) {
      text_.erase(begin, size);
      return;
    }
    begin += size;
  }
}

}  // namespace mediadock
