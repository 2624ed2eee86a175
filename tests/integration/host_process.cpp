#include "integration/host_process.h"

#include <cctype>
#include <cstdio>
#include <utility>

namespace mediadock {
namespace {

ChildProcess::Options serveOptions(const HostConfiguration& configuration,
                                   const std::filesystem::path& database) {
  ChildProcess::Options options{
      .command = {MEDIADOCK_HOST, "serve", "--set", "http.address=127.0.0.1:0", "--set",
                  "storage.plugin_path=" MEDIADOCK_PLUGINS, "--set",
                  "records.url=sqlite:" + database.string(), "--set",
                  "cache.directory=" + (database.parent_path() / "cache").string()},
      .environment = configuration.environment};
  options.command.insert(options.command.begin(), configuration.runner.begin(),
                         configuration.runner.end());
  for (const auto& [key, value] : configuration.settings) {
    options.command.push_back("--set");
    options.command.push_back(key + "=" + value);
  }
  return options;
}

}  // namespace

HostProcess::HostProcess(const HostConfiguration& configuration,
                         const std::filesystem::path& database)
    : process_(serveOptions(configuration, database)) {
  const std::string ready = "listening on ";
  url_ = process_.waitForLine(ready).substr(ready.size());
}

std::string HostProcess::storageUrl(const std::string& route, const std::string& path) const {
  return url_ + "/api/crm/storage/" + route + "?path=" + percentEncode(path);
}

std::string percentEncode(const std::string& text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string("-._~").find(c) != std::string::npos) {
      encoded += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X", byte);
      encoded += code;
    }
  }
  return encoded;
}

}  // namespace mediadock
