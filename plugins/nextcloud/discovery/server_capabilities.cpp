#include "discovery/server_capabilities.h"

#include <Poco/Exception.h>
#include <Poco/JSON/Object.h>
#include <Poco/JSON/Parser.h>

namespace mediadock::nextcloud {
namespace {

using Object = Poco::JSON::Object;

Object::Ptr member(const Object::Ptr& object, const std::string& name) {
  return object ? object->getObject(name) : nullptr;
}

std::optional<std::uint64_t> number(const Object::Ptr& object, const std::string& name) {
  if (!object || !object->has(name) || !object->get(name).isInteger()) {
    return std::nullopt;
  }
  const auto value = object->getValue<Poco::Int64>(name);
  return value > 0 ? std::optional(static_cast<std::uint64_t>(value)) : std::nullopt;
}

std::optional<std::vector<std::string>> texts(const Object::Ptr& object, const std::string& name) {
  const auto array = object ? object->getArray(name) : nullptr;
  if (!array) {
    return std::nullopt;
  }
  std::vector<std::string> result;
  for (const auto& element : *array) {
    // An empty extension would forbid every name.
    if (element.isString() && !element.extract<std::string>().empty()) {
      result.push_back(element.extract<std::string>());
    }
  }
  return result;
}

bool flag(const Object::Ptr& object, const std::string& name) {
  return object && object->has(name) && object->get(name).isBoolean() &&
         object->getValue<bool>(name);
}

}  // namespace

std::optional<ServerCapabilities> parseServerCapabilities(const std::string& json) {
  try {
    Poco::JSON::Parser parser;
    const auto data = member(member(parser.parse(json).extract<Object::Ptr>(), "ocs"), "data");
    const auto told = member(data, "capabilities");
    if (!told) {
      return std::nullopt;
    }
    const auto version = member(data, "version");
    const auto files = member(told, "files");
    const auto chunks = member(files, "chunked_upload");
    return ServerCapabilities{
        .version = version ? version->optValue<std::string>("string", "") : "",
        .maxChunkBytes = number(chunks, "max_size"),
        .maxParallelChunks = number(chunks, "max_parallel_count"),
        .forbiddenNames = texts(files, "forbidden_filenames"),
        .forbiddenBasenames = texts(files, "forbidden_filename_basenames"),
        .forbiddenCharacters = texts(files, "forbidden_filename_characters"),
        .forbiddenExtensions = texts(files, "forbidden_filename_extensions"),
        .isWindowsCompatible = flag(files, "windows_compatible_filenames")};
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

}  // namespace mediadock::nextcloud
