/// \file
/// Input: the value of a header of tus.

#include "fuzz/fuzz_target.h"
#include "http/tus/tus_headers.h"

#include <Poco/Base64Encoder.h>

#include <limits>
#include <set>
#include <sstream>
#include <string>

namespace mediadock::fuzz {
namespace {

std::string encodeBase64(const std::string& bytes) {
  std::ostringstream text;
  Poco::Base64Encoder encoder(text);
  encoder.rdbuf()->setLineLength(0);
  encoder << bytes;
  encoder.close();
  return text.str();
}

void tryNumber(std::string_view input) {
  const auto number = http::parseTusNumber(input);
  if (number) {
    require(*number <= std::numeric_limits<std::int64_t>::max(), "a number fits the records");
    const auto digits = input.substr(std::min(input.find_first_not_of('0'), input.size() - 1));
    require(std::to_string(*number) == digits, "a number is its digits");
  }
}

void tryMetadata(std::string_view input) {
  const auto pairs = http::parseTusMetadata(input);
  if (!pairs) {
    return;
  }
  require(pairs->size() <= 64, "there are at most 64 pairs");
  std::set<std::string> keys;
  std::size_t bytes = 0;
  std::string written;
  for (const auto& [key, value] : *pairs) {
    require(!key.empty() && key.find_first_of(" ,") == std::string::npos, "a key is one word");
    require(keys.insert(key).second, "no key comes twice");
    bytes += key.size() + value.size();
    written += (written.empty() ? "" : ",") + key + " " + encodeBase64(value);
  }
  require(bytes <= input.size(), "decoding makes nothing longer");
  require(http::parseTusMetadata(written) == pairs, "what was written is what is read");
}

void tryChecksum(std::string_view input) {
  const auto checksum = http::parseTusChecksum(input);
  if (!checksum) {
    return;
  }
  require(checksum->digest.size() == (checksum->algorithm == "sha1" ? 20U : 32U),
          "a digest has its length");
  const auto again =
      http::parseTusChecksum(checksum->algorithm + " " + encodeBase64(checksum->digest));
  require(again && again->algorithm == checksum->algorithm && again->digest == checksum->digest,
          "what was written is what is read");
}

}  // namespace

void tryInput(std::string_view input) {
  tryNumber(input);
  tryMetadata(input);
  tryChecksum(input);
}

}  // namespace mediadock::fuzz
