#pragma once

/// \file
/// One recorded exchange with a real Nextcloud.

#include "support/raw_http.h"

#include <ostream>
#include <string>
#include <vector>

namespace mediadock {

/// What was sent and what came back.
struct Transcript {
  int number = 0;
  /// The file's name without its ending.
  std::string name;
  std::string requestText;
  HttpMessage request;
  /// Without a start line where the connection ended without an answer.
  HttpMessage response;

  std::string method() const;
  std::string target() const;
};

/// For GoogleTest's messages.
inline void PrintTo(const Transcript& transcript, std::ostream* out) {
  *out << transcript.name;
}

/// The body without its Content-Encoding.
std::string plainBody(const HttpMessage& message);

/// All recorded exchanges, in order of their numbers.
std::vector<Transcript> loadTranscripts();

/// The one with this number.
Transcript loadTranscript(int number);

}  // namespace mediadock
