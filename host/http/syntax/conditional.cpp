#include "http/syntax/conditional.h"

#include "http/syntax/http_date.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace mediadock::http {
namespace {

enum class Comparison { Strong, Weak };

bool anyTagMatches(std::string_view list, const std::optional<ETag>& etag, Comparison comparison) {
  if (base::trimmed(list) == "*") {
    return true;
  }
  const auto members = listMembers(list);
  return etag && std::any_of(members.begin(), members.end(), [&](std::string_view member) {
           const auto tag = ETag::parse(member);
           return tag && (comparison == Comparison::Strong ? tag->matchesStrongly(*etag)
                                                           : tag->matchesWeakly(*etag));
         });
}

std::optional<std::chrono::sys_seconds> dateOf(const Headers& headers, std::string_view name) {
  const auto values = headers.all(name);
  return values.size() == 1 ? parseHttpDate(base::trimmed(values.front())) : std::nullopt;
}

void appendHex(std::uint64_t number, std::string& text) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16).ptr;
  text.append(digits.data(), end);
}

}  // namespace

Validators validatorsOf(const Entry& entry) {
  Validators validators{entry.etag, std::nullopt};
  if (entry.modifiedAt) {
    validators.modifiedAt = std::chrono::floor<std::chrono::seconds>(*entry.modifiedAt);
  }
  if (!validators.etag && entry.modifiedAt && entry.size) {
    validators.etag.emplace();
    validators.etag->isWeak = true;
    appendVersion(entry, validators.etag->value);
  }
  return validators;
}

void appendVersion(const Entry& entry, std::string& text) {
  if (entry.etag) {
    text += entry.etag->value;
  } else if (entry.modifiedAt && entry.size) {
    // Cast to unsigned, so that times before 1970 have no sign.
    appendHex(static_cast<std::uint64_t>(entry.modifiedAt->time_since_epoch().count()), text);
    text += '-';
    appendHex(*entry.size, text);
  }
}

Verdict evaluateConditions(const Headers& headers, std::string_view method,
                           const Validators& validators) {
  const bool isRead = method == "GET" || method == "HEAD";
  if (const auto ifMatch = headers.joined("If-Match")) {
    if (!anyTagMatches(*ifMatch, validators.etag, Comparison::Strong)) {
      return Verdict::PreconditionFailed;
    }
  } else if (const auto since = dateOf(headers, "If-Unmodified-Since");
             since && validators.modifiedAt && *validators.modifiedAt > *since) {
    return Verdict::PreconditionFailed;
  }
  if (const auto ifNoneMatch = headers.joined("If-None-Match")) {
    if (anyTagMatches(*ifNoneMatch, validators.etag, Comparison::Weak)) {
      return isRead ? Verdict::NotModified : Verdict::PreconditionFailed;
    }
  } else if (const auto since = dateOf(headers, "If-Modified-Since");
             isRead && since && validators.modifiedAt && *validators.modifiedAt <= *since) {
    return Verdict::NotModified;
  }
  return Verdict::Proceed;
}

bool ifRangeHolds(const Headers& headers, const Validators& validators,
                  std::chrono::sys_seconds now) {
  const auto values = headers.all("If-Range");
  if (values.empty()) {
    return true;
  }
  const std::string_view value = base::trimmed(values.front());
  if (const auto tag = ETag::parse(value)) {
    return values.size() == 1 && validators.etag && tag->matchesStrongly(*validators.etag);
  }
  const auto date = dateOf(headers, "If-Range");
  return date && validators.modifiedAt == date && now - *date >= std::chrono::seconds(1);
}

}  // namespace mediadock::http
