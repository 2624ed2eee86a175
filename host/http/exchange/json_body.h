#pragma once

/// \file
/// A JSON object that a client sent.

#include <Poco/JSON/Object.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock {

class Request;

/// All calls throw ProblemException 400 that names the field.
class JsonBody {
 public:
  static constexpr std::size_t kMaxBytes = 65536;
  static constexpr std::size_t kMaxDepth = 32;

  /// Refuses what is no object, is nested too deeply or has a field that is not `known`: a
  /// misspelt field would otherwise be lost in silence.
  static JsonBody parse(const std::string& text, std::initializer_list<std::string_view> known);

  /// Reads the body of `request`.
  /// \throws ProblemException also 415 for another type than `application/json`, 413 when too long.
  static JsonBody read(Request& request, std::initializer_list<std::string_view> known);

  bool has(std::string_view name) const;

  /// A string; nothing where it is absent or null.
  std::optional<std::string> text(std::string_view name) const;

  /// A string that must be there.
  std::string requireText(std::string_view name) const;

  /// The strings of the array `tags`, without the empty ones; none where it is absent or null.
  std::vector<std::string> tags() const;

 private:
  explicit JsonBody(Poco::JSON::Object::Ptr object) : object_(std::move(object)) {}

  Poco::JSON::Object::Ptr object_;
};

/// The strings of a JSON array, without the empty ones.
/// \throws ProblemException 400 for anything else, and for more than a record may have.
std::vector<std::string> parseTagArray(const std::string& text);

}  // namespace mediadock
