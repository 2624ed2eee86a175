#pragma once

/// \file
/// What went through gzip, as it was.

#include <Poco/InflatingStream.h>
#include <Poco/StreamCopier.h>

#include <sstream>
#include <string>

namespace mediadock {

/// Throws what Poco throws for bytes that gzip did not make.
inline std::string unpacked(const std::string& packed) {
  std::istringstream source(packed);
  source.exceptions(std::ios::badbit);
  Poco::InflatingInputStream stream(source, Poco::InflatingStreamBuf::STREAM_GZIP);
  std::string text;
  Poco::StreamCopier::copyToString(stream, text);
  return text;
}

}  // namespace mediadock
