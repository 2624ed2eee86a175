#include "http/syntax/accept.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace mediadock::http {
namespace {

/// `0` or `0.`, with up to three zeros after the point.
bool isZero(std::string_view weight) {
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

/// In thousandths, the resolution of RFC 9110 §12.4.2. A malformed weight counts as 0: not
/// acceptable.
int qualityOf(std::string_view member) {
  const auto value = headerParameter(member, "q");
  if (!value) {
    return member.find(';') == std::string_view::npos ? 1000 : 0;
  }
  const std::string_view text = *value;
  const bool isOne = text.starts_with('1');
  if (text.empty() || text.size() > 5 || (!isOne && !text.starts_with('0')) ||
      (text.size() > 1 && text[1] != '.')) {
    return 0;
  }
  int thousandths = isOne ? 1000 : 0;
  int place = 100;
  for (const char digit : text.substr(std::min<std::size_t>(2, text.size()))) {
    if (digit < '0' || digit > '9') {
      return 0;
    }
    thousandths += place * (digit - '0');
    place /= 10;
  }
  return thousandths > 1000 ? 0 : thousandths;
}

bool isGzip(std::string_view coding) {
  return coding == "gzip" || coding == "x-gzip";
}

}  // namespace

bool acceptsByName(const Headers& headers, std::string_view type) {
  const auto accept = headers.joined("Accept").value_or("");
  const auto members = listMembers(accept);
  return std::any_of(members.begin(), members.end(), [type](std::string_view member) {
    return base::equalsIgnoringCase(base::trimmed(member.substr(0, member.find(';'))), type) &&
           !isZero(headerParameter(member, "q").value_or("1"));
  });
}

bool acceptsGzip(const Headers& headers) {
  std::optional<int> packed;
  std::optional<int> others;
  int plain = 0;
  const auto accepted = headers.joined("Accept-Encoding").value_or("");
  for (const std::string_view member : listMembers(accepted)) {
    const std::string coding = mediaTypeEssence(member);
    if (isGzip(coding)) {
      packed = std::max(packed.value_or(0), qualityOf(member));
    } else if (coding == "*") {
      others = qualityOf(member);
    } else if (coding == "identity") {
      plain = qualityOf(member);
    }
  }
  const int quality = packed.value_or(others.value_or(0));
  return quality > 0 && quality >= plain;
}

}  // namespace mediadock::http
