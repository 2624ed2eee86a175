#include "app/commands/commands.h"
#include "app/commands/console.h"

#include <Poco/Crypto/OpenSSLInitializer.h>

#include <iostream>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

std::map<std::string, std::string> readEnvironment() {
  std::map<std::string, std::string> variables;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string::npos) {
      variables.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
  }
  return variables;
}

}  // namespace

int main(int argc, char** argv) {
  // Poco 1.11 reference-counts OpenSSL and uninitializes it at zero, which races with the next
  // initialization. This keeps the count above zero, for plugins, too, as long as anything runs.
  const Poco::Crypto::OpenSSLInitializer openSsl;
  const std::vector<std::string> arguments(argv + (argc > 0 ? 1 : 0), argv + argc);
  mediadock::app::Console console(std::cout, std::cerr);
  return static_cast<int>(mediadock::app::runCommandLine(arguments, readEnvironment(), console));
}
