#pragma once

/// \file
/// A JSON object sent by a client.

#include <Poco/JSON/Object.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

class Request;

/// All calls throw ProblemException 400 that names the field.
class JsonBody {
 public:
  static constexpr std::size_t kMaxBytes = 65536;
  static constexpr std::size_t kMaxDepth = 32;

  /// Rejects anything but an object, nesting that is too deep, and fields that are not `known`: a
  /// misspelt field would otherwise be silently ignored.
  static JsonBody parse(const std::string& text, const std::vector<std::string_view>& known);

  /// Reads the body of `request`.
  /// \throws ProblemException also 415 for a type other than `application/json`, 413 if too long.
  static JsonBody read(Request& request, const std::vector<std::string_view>& known);

  bool has(std::string_view name) const;

  /// A string; nullopt if absent or null.
  std::optional<std::string> text(std::string_view name) const;

  /// A required string.
  std::string requireText(std::string_view name) const;

  /// The non-empty strings of the array `tags`; none if it is absent or null.
  std::vector<std::string> tags() const;

 private:
  explicit JsonBody(Poco::JSON::Object::Ptr object) : object_(std::move(object)) {}

  Poco::JSON::Object::Ptr object_;
};

/// The names of the texts of a record that callers give (`records::RecordTexts`), and `others`.
std::vector<std::string_view> recordFields(std::initializer_list<std::string_view> others);

/// The non-empty strings of a JSON array.
/// \throws ProblemException 400 for anything else, and for more tags than a record may have.
std::vector<std::string> parseTagArray(const std::string& text);

}  // namespace mediadock::http
