#include "http/uploads/idempotency_key.h"

#include "http/syntax/problem_exception.h"

#include <algorithm>

namespace mediadock::http {
namespace {

constexpr std::size_t kMaxLength = 255;

}  // namespace

std::optional<std::string> idempotencyKeyOf(const Headers& headers) {
  const auto values = headers.all("Idempotency-Key");
  if (values.empty()) {
    return std::nullopt;
  }
  std::string_view key = base::trimmed(values.front());
  if (key.size() >= 2 && key.front() == '"' && key.back() == '"') {
    key = key.substr(1, key.size() - 2);
  }
  const bool isPrintable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '"'; });
  if (values.size() > 1 || key.empty() || key.size() > kMaxLength || !isPrintable) {
    throw ProblemException(400, "Idempotency-Key must be one of 1 to 255 printable characters");
  }
  return std::string(key);
}

}  // namespace mediadock::http
