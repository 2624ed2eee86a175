#include "http/syntax/headers.h"

#include <algorithm>
#include <cstddef>

namespace mediadock::http {
namespace {

/// The end of the list member or parameter that starts at `from`: the next `separator` outside
/// quotes.
std::size_t endOfMember(std::string_view text, std::size_t from, char separator) noexcept {
  bool isQuoted = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '\\' && isQuoted && i + 1 < text.size() && text[i + 1] == '"') {
      ++i;
    } else if (text[i] == '"') {
      isQuoted = !isQuoted;
    } else if (text[i] == separator && !isQuoted) {
      return i;
    }
  }
  return text.size();
}

std::optional<std::string> unquoted(std::string_view text) {
  if (text.empty() || text.front() != '"') {
    return std::string(text);
  }
  if (text.size() < 2 || text.back() != '"') {
    return std::nullopt;
  }
  text = text.substr(1, text.size() - 2);
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') {
      ++i;
    }
    result += text[i];
  }
  return result;
}

}  // namespace

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

bool Headers::has(std::string_view name) const noexcept {
  return std::any_of(fields_.begin(), fields_.end(), [name](const Field& field) {
    return base::equalsIgnoringCase(field.first, name);
  });
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const Field& field : fields_) {
    if (base::equalsIgnoringCase(field.first, name)) {
      values.emplace_back(field.second);
    }
  }
  return values;
}

std::optional<std::string> Headers::joined(std::string_view name) const {
  std::optional<std::string> result;
  for (const std::string_view value : all(name)) {
    result = result ? *result + ", " + std::string(value) : std::string(value);
  }
  return result;
}

std::vector<std::string_view> listMembers(std::string_view text) {
  std::vector<std::string_view> members;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = endOfMember(text, begin, ',');
    const std::string_view member = base::trimmed(text.substr(begin, end - begin));
    if (!member.empty()) {
      members.push_back(member);
    }
    begin = end + 1;
  }
  return members;
}

bool hasControlCharacter(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t') || byte == 0x7F;
  });
}

std::optional<std::string> headerParameter(std::string_view value, std::string_view name) {
  std::size_t begin = endOfMember(value, 0, ';');
  while (begin < value.size()) {
    const std::size_t end = endOfMember(value, begin + 1, ';');
    const std::string_view member = base::trimmed(value.substr(begin + 1, end - begin - 1));
    const std::size_t equals = member.find('=');
    if (equals != std::string_view::npos &&
        base::equalsIgnoringCase(base::trimmed(member.substr(0, equals)), name)) {
      return unquoted(base::trimmed(member.substr(equals + 1)));
    }
    begin = end;
  }
  return std::nullopt;
}

std::string mediaTypeEssence(std::string_view value) {
  return base::toLowerAscii(base::trimmed(value.substr(0, value.find(';'))));
}

}  // namespace mediadock::http
