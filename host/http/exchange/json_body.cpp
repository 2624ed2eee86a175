#include "http/exchange/json_body.h"

#include "http/exchange/request.h"
#include "http/syntax/problem_exception.h"
#include "mediadock/storage_path.h"
#include "records/media_record.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Parser.h>

#include <algorithm>

namespace mediadock::http {
namespace {

std::string inQuotes(std::string_view name) {
  return "'" + std::string(name) + "'";
}

Poco::Dynamic::Var parseJson(const std::string& text) {
  if (!isValidUtf8(text) || text.find('\0') != std::string::npos) {
    throw ProblemException(400, "the JSON is not UTF-8 text");
  }
  Poco::JSON::Parser parser;
  parser.setDepth(JsonBody::kMaxDepth);
  try {
    return parser.parse(text);
  } catch (const Poco::Exception&) {
    throw ProblemException(400, "the JSON is not well-formed, or nested too deeply");
  }
}

/// Escapes can encode what raw text must not contain: NUL, or half of a surrogate pair.
std::string checkedText(const Poco::Dynamic::Var& value, std::string_view name) {
  if (!value.isString()) {
    throw ProblemException(400, "the field " + inQuotes(name) + " must be a string");
  }
  auto text = value.extract<std::string>();
  if (!isValidUtf8(text) || text.find('\0') != std::string::npos) {
    throw ProblemException(400, "the field " + inQuotes(name) + " is not UTF-8 text");
  }
  return text;
}

/// Empty tags are dropped: a form without tags yields one through `"".split(",")`.
std::vector<std::string> checkedTags(const Poco::Dynamic::Var& value) {
  if (value.type() != typeid(Poco::JSON::Array::Ptr)) {
    throw ProblemException(400, "'tags' must be an array of strings");
  }
  const auto& array = *value.extract<Poco::JSON::Array::Ptr>();
  if (array.size() > records::MediaRecord::kMaxTags) {
    throw ProblemException(400, "'tags' may be " + std::to_string(records::MediaRecord::kMaxTags) +
                                    " at most, and not " + std::to_string(array.size()));
  }
  std::vector<std::string> tags;
  for (const auto& element : array) {
    auto tag = checkedText(element, "tags");
    if (!tag.empty()) {
      tags.push_back(std::move(tag));
    }
  }
  return tags;
}

}  // namespace

JsonBody JsonBody::parse(const std::string& text, const std::vector<std::string_view>& known) {
  const Poco::Dynamic::Var value = parseJson(text);
  if (value.type() != typeid(Poco::JSON::Object::Ptr)) {
    throw ProblemException(400, "the body must be a JSON object");
  }
  auto object = value.extract<Poco::JSON::Object::Ptr>();
  for (const auto& field : *object) {
    if (std::find(known.begin(), known.end(), field.first) == known.end()) {
      throw ProblemException(400, "the field " + inQuotes(field.first) + " is not known here");
    }
  }
  return JsonBody(std::move(object));
}

JsonBody JsonBody::read(Request& request, const std::vector<std::string_view>& known) {
  if (mediaTypeEssence(request.headers().joined("Content-Type").value_or("")) !=
      "application/json") {
    throw ProblemException(415, "the body must be application/json");
  }
  return parse(request.body().readAll(kMaxBytes), known);
}

bool JsonBody::has(std::string_view name) const {
  return object_->has(std::string(name));
}

std::optional<std::string> JsonBody::text(std::string_view name) const {
  const Poco::Dynamic::Var value = object_->get(std::string(name));
  return value.isEmpty() ? std::nullopt : std::optional(checkedText(value, name));
}

std::string JsonBody::requireText(std::string_view name) const {
  auto value = text(name);
  if (!value) {
    throw ProblemException(400, "the field " + inQuotes(name) + " is missing");
  }
  return *std::move(value);
}

std::vector<std::string> JsonBody::tags() const {
  const Poco::Dynamic::Var value = object_->get("tags");
  return value.isEmpty() ? std::vector<std::string>() : checkedTags(value);
}

std::vector<std::string_view> recordFields(std::initializer_list<std::string_view> others) {
  std::vector<std::string_view> names(others);
  for (const records::RecordText& text : records::kRecordTexts) {
    names.push_back(text.name);
  }
  return names;
}

std::vector<std::string> parseTagArray(const std::string& text) {
  return checkedTags(parseJson(text));
}

}  // namespace mediadock::http
