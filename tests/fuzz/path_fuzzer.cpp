/// \file
/// Input: a request target, a text to be encoded, or a path: each input is tried as all three.

#include "fuzz/fuzz_target.h"
#include "http/syntax/percent_encoding.h"
#include "http/syntax/problem_exception.h"
#include "http/syntax/request_target.h"
#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"

#include <optional>
#include <string>
#include <vector>

namespace mediadock::fuzz {
namespace {

bool isText(std::string_view bytes) {
  return isValidUtf8(bytes) && bytes.find('\0') == std::string_view::npos;
}

void tryEncoding(std::string_view input) {
  const std::string encoded = http::percentEncode(input);
  const auto back = http::percentDecode(encoded, http::PlusSign::Literal);
  require(back.has_value() == isText(input), "what is text can be decoded, and nothing else");
  require(!back || *back == input, "what was encoded is decoded");
  require(http::percentDecode(encoded, http::PlusSign::Space) == back,
          "no plus is left in what was encoded");

  const auto decoded = http::percentDecode(input, http::PlusSign::Literal);
  require(!decoded || isText(*decoded), "what is decoded is text");
  require(!decoded || decoded->size() <= input.size(), "decoding makes nothing longer");
}

std::optional<http::RequestTarget> parseTarget(std::string_view text) {
  try {
    return http::parseRequestTarget(text);
  } catch (const http::ProblemException& refusal) {
    require(refusal.problem().status == 400, "a bad target is answered 400");
    return std::nullopt;
  }
}

bool isCanonical(const std::string& path) {
  const std::string closed = path + "/";
  return path.starts_with('/') && path.find("//") == std::string::npos &&
         closed.find("/./") == std::string::npos && closed.find("/../") == std::string::npos;
}

std::string encodeBetweenSlashes(const std::string& path) {
  std::string encoded;
  for (const char c : path) {
    encoded += c == '/' ? "/" : http::percentEncode(std::string_view(&c, 1));
  }
  return encoded;
}

void tryTarget(std::string_view input) {
  const auto target = parseTarget(input);
  if (!target) {
    return;
  }
  if (!target->path.empty() && target->path != "*") {
    require(isText(target->path) && isCanonical(target->path), "a path has one spelling");
    const auto again = parseTarget(encodeBetweenSlashes(target->path));
    require(again && again->path == target->path, "a path that was written is read");
  }
  try {
    const auto parameters = http::QueryParameters::parse(target->query);
    std::string written;
    for (const auto& [name, value] : parameters.all()) {
      require(isText(name) && isText(value), "parameters are text");
      written += "&" + http::percentEncode(name) + "=" + http::percentEncode(value);
    }
    const auto again = http::QueryParameters::parse(written);
    require(again.all() == parameters.all(), "a query that was written is read");
  } catch (const http::ProblemException& refusal) {
    require(refusal.problem().status == 400, "a bad query is answered 400");
  }
}

void requireSafe(const StoragePath& path) {
  require(path.str().size() <= StoragePath::kMaxPathBytes, "a path keeps its limit");
  std::string joined;
  for (const auto segment : path.segments()) {
    require(!segment.empty() && segment != "." && segment != "..", "no segment leads elsewhere");
    require(segment.size() <= StoragePath::kMaxNameBytes, "a name keeps its limit");
    require(segment.find('/') == std::string_view::npos, "a segment has no slash");
    joined.append(joined.empty() ? "" : "/").append(segment);
  }
  require(joined == path.str(), "a path is its segments");
  for (const char c : path.str()) {
    const auto byte = static_cast<unsigned char>(c);
    require(byte >= 0x20 && byte != 0x7F, "a path has no control character");
  }
}

void tryStoragePath(std::string_view input) {
  std::optional<StoragePath> path;
  try {
    path = StoragePath::parse(input);
  } catch (const StorageError& refusal) {
    require(refusal.code() == StorageErrc::InvalidPath, "a bad path is called one");
    return;
  }
  require(path->str() == input && isText(input), "a path is what was asked for");
  requireSafe(*path);
  require(path->isWithin({}) && path->isWithin(path->parent()) && path->isWithin(*path),
          "a path lies within what is above it");
  require(path->rebased(path->parent(), path->parent()) == *path, "a path can be put back");
  if (!path->isRoot()) {
    require(path->parent().child(path->name()) == *path, "a path is its parent's child");
    require(!path->parent().isWithin(*path), "nothing above lies within");
  }
}

}  // namespace

void tryInput(std::string_view input) {
  tryEncoding(input);
  tryTarget(input);
  tryStoragePath(input);
}

}  // namespace mediadock::fuzz
