#include "files/write_token.h"

#include "disk/temp_folder.h"

#include <charconv>

namespace mediadock::localdisk {
namespace {

bool isKeptName(std::string_view name) noexcept {
  if (!name.ends_with(kSuspendedEnding) || name.size() == kSuspendedEnding.size()) {
    return false;
  }
  name.remove_suffix(kSuspendedEnding.size());
  return name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string makeWriteToken(const WriteToken& token) {
  return token.file + "@" + std::to_string(token.offset);
}

std::optional<WriteToken> parseWriteToken(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || !isKeptName(text.substr(0, at))) {
    return std::nullopt;
  }
  WriteToken token{.file = std::string(text.substr(0, at))};
  const auto* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + at + 1, end, token.offset);
  return error == std::errc() && stop == end ? std::optional(token) : std::nullopt;
}

}  // namespace mediadock::localdisk
