#include "support/scripted_nextcloud/profiles.h"

#include <chrono>
#include <csignal>
#include <exception>
#include <iomanip>
#include <iostream>
#include <map>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <utility>

namespace {

using mediadock::ScriptedNextcloud;

constexpr int kUsageError = 64;
constexpr int kNameWidth = 24;

void printUsage(std::ostream& out) {
  out << "usage: scripted-nextcloud [--port N] [--user U] [--password P] [--profile NAME]\n"
         "                          [--latency-ms N]\n"
         "SIGUSR1 prints how many requests there were since the last time, by method\n"
         "profiles:\n";
  for (const mediadock::scripted::Profile& profile : mediadock::scripted::profiles()) {
    out << "  " << std::left << std::setw(kNameWidth) << profile.name << profile.description
        << '\n';
  }
}

std::map<std::string, std::string> parseArguments(int count, char** arguments) {
  std::map<std::string, std::string> values = {{"--port", "0"},
                                               {"--user", "console"},
                                               {"--password", ""},
                                               {"--profile", "faithful"},
                                               {"--latency-ms", "0"}};
  for (int i = 1; i < count; i += 2) {
    const auto value = values.find(arguments[i]);
    if (value == values.end() || i + 1 == count) {
      throw std::invalid_argument(std::string("cannot use ") + arguments[i]);
    }
    value->second = arguments[i + 1];
  }
  return values;
}

/// `requests 61: GET 60, PROPFIND 1`
void printRequests(const ScriptedNextcloud& server, std::ostream& out) {
  std::map<std::string, std::size_t> counts;
  const auto requests = server.requests();
  for (const auto& request : requests) {
    ++counts[request.method];
  }
  out << "requests " << requests.size();
  const char* separator = ": ";
  for (const auto& [method, count] : counts) {
    out << std::exchange(separator, ", ") << method << ' ' << count;
  }
  out << std::endl;
}

void serve(const std::map<std::string, std::string>& values, const sigset_t& signals) {
  ScriptedNextcloud server({.username = values.at("--user"),
                            .password = values.at("--password"),
                            .port = static_cast<std::uint16_t>(std::stoul(values.at("--port")))});
  mediadock::scripted::applyProfile(server, values.at("--profile"));
  if (const auto latency = std::stol(values.at("--latency-ms")); latency > 0) {
    server.misbehave({.action = mediadock::scripted::Delay{std::chrono::milliseconds(latency)}});
  }
  std::cout << "user " << server.username() << ", password " << server.password()
            << "\nlistening on " << server.url() << std::endl;
  int signal = 0;
  while (::sigwait(&signals, &signal) == 0 && signal == SIGUSR1) {
    printRequests(server, std::cout);
    server.clearRequests();
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 2 && arguments[1] == std::string("--help")) {
    printUsage(std::cout);
    return 0;
  }
  // Blocked before the first thread starts, so that only sigwait sees them.
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) {
    ::sigaddset(&signals, signal);
  }
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  try {
    serve(parseArguments(count, arguments), signals);
    return 0;
  } catch (const std::invalid_argument& error) {
    std::cerr << error.what() << '\n';
    printUsage(std::cerr);
    return kUsageError;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
