#include "app/config/config_file.h"

#include "mediadock/storage_error.h"

#include <Poco/AutoPtr.h>
#include <Poco/Exception.h>
#include <Poco/Util/IniFileConfiguration.h>
#include <Poco/Util/JSONConfiguration.h>
#include <Poco/Util/PropertyFileConfiguration.h>
#include <Poco/Util/XMLConfiguration.h>

#include <fstream>
#include <string>

namespace mediadock::app {
namespace {

using Poco::Util::AbstractConfiguration;

[[noreturn]] void refuse(const std::filesystem::path& file, const std::string& reason) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     "configuration file " + file.string() + ": " + reason);
}

/// A flat format can hold both `a` and `a.b`; in a tree every inner node has a text that nobody
/// wrote.
enum class Shape { Flat, Tree };

struct ParsedFile {
  Poco::AutoPtr<AbstractConfiguration> configuration;
  Shape shape;
};

ParsedFile parseFile(const std::filesystem::path& file, std::istream& content) {
  const auto extension = file.extension();
  if (extension == ".properties") {
    return {new Poco::Util::PropertyFileConfiguration(content), Shape::Flat};
  }
  if (extension == ".ini") {
    return {new Poco::Util::IniFileConfiguration(content), Shape::Flat};
  }
  if (extension == ".json") {
    return {new Poco::Util::JSONConfiguration(content), Shape::Tree};
  }
  if (extension == ".xml") {
    return {new Poco::Util::XMLConfiguration(content), Shape::Tree};
  }
  refuse(file, "its name must end in .properties, .json, .xml or .ini");
}

void collect(const ParsedFile& file, const std::string& key, ConfigLayer& layer) {
  AbstractConfiguration::Keys children;
  file.configuration->keys(key, children);
  const bool isLeaf = children.empty();
  // getRawString, because getString would expand `${...}`, which a password may contain.
  if (!key.empty() && (isLeaf || file.shape == Shape::Flat) &&
      file.configuration->hasProperty(key)) {
    layer.values.push_back({key, key, file.configuration->getRawString(key)});
  } else if (!key.empty() && isLeaf) {
    layer.values.push_back({key, key, ""});
  }
  for (const std::string& child : children) {
    collect(file, key.empty() ? child : key + '.' + child, layer);
  }
}

}  // namespace

ConfigLayer readConfigFile(const std::filesystem::path& file) {
  std::ifstream content(file, std::ios::binary);
  // A directory can be opened but not read.
  if (!content || content.peek() == std::ifstream::traits_type::eof()) {
    if (!content.eof()) {
      refuse(file, "cannot be read");
    }
    content.clear();
  }
  ConfigLayer layer{"file " + file.string(), {}};
  try {
    collect(parseFile(file, content), "", layer);
  } catch (const Poco::Exception& error) {
    refuse(file, "cannot be parsed: " + error.displayText());
  }
  return layer;
}

}  // namespace mediadock::app
