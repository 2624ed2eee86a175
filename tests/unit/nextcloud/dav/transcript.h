#pragma once

/// \file
/// The recorded exchanges with a real Nextcloud.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

namespace mediadock::nextcloud {

/// The response of exchange `number`, such as `"007"`: status, and body without framing.
struct RecordedResponse {
  int status = 0;
  std::string head;
  std::string body;
};

inline RecordedResponse recordedResponse(const std::string& number) {
  for (const auto& file : std::filesystem::directory_iterator(MEDIADOCK_TRANSCRIPTS_DIR)) {
    if (!file.path().filename().string().starts_with(number + "-")) {
      continue;
    }
    std::ifstream in(file.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto response = text.find("\n=====\n") + 7;
    const auto body = text.find("\r\n\r\n", response) + 4;
    return {std::stoi(text.substr(response + 9, 3)), text.substr(response, body - 4 - response),
            text.substr(body)};
  }
  throw std::runtime_error("no recorded exchange " + number);
}

}  // namespace mediadock::nextcloud
