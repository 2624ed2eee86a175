#pragma once

/// \file
/// The real host, started as its users start it.

#include "support/child_process.h"
#include "support/temp_directory.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace mediadock {

/// How a storage is chosen: settings for the command line, secrets for the environment.
struct HostConfiguration {
  std::map<std::string, std::string> settings;
  std::map<std::string, std::string> environment;
  /// A program that is given the host's command line to run, and its own arguments.
  std::vector<std::string> runner;
};

/// `mediadock serve` on a free loopback port, from construction to destruction.
class HostProcess final {
 public:
  /// Keeps its records in `database`, its cache beside it. Returns once the host listens; throws
  /// with its words if not.
  HostProcess(const HostConfiguration& configuration, const std::filesystem::path& database);

  /// `http://127.0.0.1:PORT`
  const std::string& url() const noexcept { return url_; }

  /// The URL of a storage route with `path` as its query, percent-encoded.
  std::string storageUrl(const std::string& route, const std::string& path) const;

  ChildProcess& process() noexcept { return process_; }

  /// All it has printed so far, on both streams.
  std::string output() const { return process_.standardOutput() + process_.standardError(); }

 private:
  ChildProcess process_;
  std::string url_;
};

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
std::string percentEncode(const std::string& text);

}  // namespace mediadock
