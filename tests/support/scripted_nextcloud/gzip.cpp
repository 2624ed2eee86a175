#include "support/scripted_nextcloud/gzip.h"

#include <Poco/DeflatingStream.h>

#include <sstream>

namespace mediadock::scripted {

void compressFor(const Request& request, Answer& answer) {
  if (request.header("Accept-Encoding").find("gzip") == std::string::npos) {
    return;
  }
  std::ostringstream compressed;
  Poco::DeflatingOutputStream gzip(compressed, Poco::DeflatingStreamBuf::STREAM_GZIP);
  gzip << answer.body;
  gzip.close();
  answer.body = compressed.str();
  answer.set("Content-Encoding", "gzip");
}

}  // namespace mediadock::scripted
