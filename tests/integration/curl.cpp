#include "integration/curl.h"

#include "support/child_process.h"
#include "support/temp_directory.h"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>

namespace mediadock {
namespace {

constexpr std::chrono::minutes kTimeout{4};

std::string readFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> parseHeaders(const std::string& text) {
  std::map<std::string, std::string> headers;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("HTTP/")) {
      headers.clear();
    }
    const auto colon = line.find(": ");
    if (colon == std::string::npos) {
      continue;
    }
    auto name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    headers[name] = line.substr(colon + 2, line.find('\r') - colon - 2);
  }
  return headers;
}

}  // namespace

CurlAnswer curl(std::vector<std::string> arguments) {
  const TempDirectory home;
  const auto headers = home.path() / "headers";
  const auto body = home.path() / "body";
  std::vector<std::string> command{"curl",     "--silent",    "--dump-header", headers.string(),
                                   "--output", body.string(), "--write-out",   "%{http_code}"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  ChildProcess process({.command = std::move(command)});

  CurlAnswer answer;
  answer.exitCode = process.waitForExit(kTimeout);
  answer.status = std::stoi("0" + process.standardOutput());
  answer.headers = parseHeaders(readFile(headers));
  answer.body = readFile(body);
  return answer;
}

}  // namespace mediadock
