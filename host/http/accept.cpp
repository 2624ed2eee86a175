#include "http/accept.h"

#include <algorithm>

namespace mediadock {
namespace {

/// `0`, `0.`, and with up to three zeros.
bool isZero(std::string_view weight) {
  return !weight.empty() && weight.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

bool acceptsByName(const Headers& headers, std::string_view type) {
  const auto accept = headers.joined("Accept").value_or("");
  const auto members = listMembers(accept);
  return std::any_of(members.begin(), members.end(), [type](std::string_view member) {
    return equalsIgnoringCase(trimmed(member.substr(0, member.find(';'))), type) &&
           !isZero(headerParameter(member, "q").value_or("1"));
  });
}

}  // namespace mediadock
