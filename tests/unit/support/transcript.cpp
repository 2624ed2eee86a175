#include "unit/support/transcript.h"

#include <Poco/InflatingStream.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace mediadock {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSeparator = "\n=====\n";

std::string readWhole(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Transcript parseTranscript(const fs::path& file) {
  const std::string text = readWhole(file);
  const std::size_t middle = text.find(kSeparator);
  std::string response = text.substr(middle + std::string(kSeparator).size());
  if (response.starts_with("HTTP/1.1 100 ")) {
    response.erase(0, response.find("\r\n\r\n") + 4);
  }
  const std::string name = file.stem().string();
  return {.number = std::stoi(name),
          .name = name,
          .requestText = text.substr(0, middle),
          .request = parseHttpMessage(text.substr(0, middle)),
          .response = parseHttpMessage(response)};
}

}  // namespace

std::string Transcript::method() const {
  return request.startLine.substr(0, request.startLine.find(' '));
}

std::string Transcript::target() const {
  const std::size_t start = request.startLine.find(' ') + 1;
  return request.startLine.substr(start, request.startLine.rfind(' ') - start);
}

std::string plainBody(const HttpMessage& message) {
  if (message.header("Content-Encoding") != "gzip") {
    return message.body;
  }
  std::istringstream compressed(message.body);
  Poco::InflatingInputStream plain(compressed, Poco::InflatingStreamBuf::STREAM_GZIP);
  return {std::istreambuf_iterator<char>(plain), {}};
}

std::vector<Transcript> loadTranscripts() {
  std::vector<Transcript> transcripts;
  for (const auto& file : fs::directory_iterator(MEDIADOCK_TRANSCRIPTS)) {
    if (file.path().extension() == ".http") {
      transcripts.push_back(parseTranscript(file.path()));
    }
  }
  std::ranges::sort(transcripts, {}, &Transcript::number);
  return transcripts;
}

Transcript loadTranscript(int number) {
  for (Transcript& transcript : loadTranscripts()) {
    if (transcript.number == number) {
      return std::move(transcript);
    }
  }
  throw std::invalid_argument("no transcript " + std::to_string(number));
}

}  // namespace mediadock
