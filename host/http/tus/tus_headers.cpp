#include "http/tus/tus_headers.h"

#include "http/syntax/digest.h"
#include "http/syntax/problem_exception.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace mediadock::http {
namespace {

constexpr std::size_t kMaxPairs = 64;
constexpr std::size_t kSha1Bytes = 20;
constexpr std::size_t kSha256Bytes = 32;

bool isKey(std::string_view text) noexcept {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return c > 0x20 && c < 0x7F && c != ','; });
}

std::optional<Headers::Field> parsePair(std::string_view text) {
  const auto space = std::min(text.find(' '), text.size());
  const auto key = text.substr(0, space);
  const auto encoded = space == text.size() ? std::string_view() : text.substr(space + 1);
  auto value = decodeBase64(encoded, Base64Alphabet::Standard);
  if (!isKey(key) || !value) {
    return std::nullopt;
  }
  return Headers::Field(key, *std::move(value));
}

bool holds(const std::vector<Headers::Field>& pairs, std::string_view key) {
  return std::any_of(pairs.begin(), pairs.end(),
                     [key](const auto& pair) { return pair.first == key; });
}

std::size_t digestBytes(std::string_view algorithm) noexcept {
  return algorithm == "sha1" ? kSha1Bytes : algorithm == "sha256" ? kSha256Bytes : 0;
}

}  // namespace

std::optional<std::uint64_t> parseTusNumber(std::string_view text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end ||
      number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::vector<Headers::Field>> parseTusMetadata(std::string_view text) {
  std::vector<Headers::Field> pairs;
  if (text.empty()) {
    return pairs;
  }
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    auto pair = parsePair(base::trimmed(text.substr(begin, end - begin)));
    if (!pair || holds(pairs, pair->first) || pairs.size() == kMaxPairs) {
      return std::nullopt;
    }
    pairs.push_back(*std::move(pair));
    begin = end + 1;
  }
  return pairs;
}

std::optional<TusChecksum> parseTusChecksum(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos) {
    return std::nullopt;
  }
  const auto algorithm = text.substr(0, space);
  auto digest = decodeBase64(text.substr(space + 1), Base64Alphabet::Standard);
  if (!digest || digestBytes(algorithm) == 0 || digest->size() != digestBytes(algorithm)) {
    return std::nullopt;
  }
  return TusChecksum{std::string(algorithm), *std::move(digest)};
}

std::optional<std::string> singleHeader(const Headers& headers, std::string_view name) {
  const auto values = headers.all(name);
  if (values.size() > 1) {
    throw ProblemException(400, "the header " + std::string(name) + " is there twice");
  }
  return values.empty() ? std::nullopt : std::optional(std::string(values.front()));
}

}  // namespace mediadock::http
