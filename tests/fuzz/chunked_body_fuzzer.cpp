/// \file
/// Input: a chunked body and what follows it on the connection.

#include "fuzz/fuzz_target.h"
#include "http/framing/chunked_body.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace mediadock::fuzz {
namespace {

using http::guard::ChunkedBody;
using Status = ChunkedBody::Status;

struct Decoded {
  Status status = Status::NeedMore;
  std::string data;
  /// Bytes up to the end of the body; only where it ended.
  std::size_t length = 0;

  friend bool operator==(const Decoded&, const Decoded&) = default;
};

/// Decodes what arrives in pieces of `step` bytes.
Decoded decode(std::string_view input, std::size_t step) {
  ChunkedBody body;
  Decoded decoded;
  std::size_t at = 0;
  std::size_t known = 0;
  while (known < input.size() && decoded.status == Status::NeedMore) {
    known = std::min(input.size(), known + step);
    do {
      std::size_t consumed = 0;
      decoded.status = body.next(input.substr(at, known - at), consumed);
      require(consumed <= known - at, "a decoder takes no more than it is given");
      at += consumed;
      if (decoded.status == Status::Data) {
        require(body.remaining() > 0, "a chunk of data has data");
        const auto size = std::min<std::uint64_t>(body.remaining(), known - at);
        decoded.data += input.substr(at, size);
        body.take(size);
        at += size;
      }
    } while (decoded.status == Status::Data && at < known);
    if (decoded.status == Status::Data) {
      decoded.status = Status::NeedMore;
    }
  }
  if (decoded.status == Status::End) {
    decoded.length = at;
  }
  return decoded;
}

std::string encode(std::string_view data) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string encoded;
  for (std::size_t size = 1; !data.empty(); size = size % 15 + 1) {
    const auto piece = data.substr(0, size);
    encoded.append(1, kHex[piece.size()]).append("\r\n").append(piece).append("\r\n");
    data.remove_prefix(piece.size());
  }
  return encoded + "0\r\n\r\n";
}

}  // namespace

void tryInput(std::string_view input) {
  const Decoded whole = decode(input, input.size());
  require(whole == decode(input, 1), "byte by byte is decoded alike");
  require(whole == decode(input, 7), "pieces are decoded alike");
  require(whole.data.size() + whole.length <= 2 * input.size(),
          "no byte is data that did not come");
  const std::string encoded = encode(whole.data);
  const Decoded again = decode(encoded + "GET", 11);
  require(again.status == Status::End && again.data == whole.data && again.length == encoded.size(),
          "what was written is what is read");
}

}  // namespace mediadock::fuzz
