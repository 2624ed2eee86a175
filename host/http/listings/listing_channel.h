#pragma once

/// \file
/// The text of a listing on its way out.

#include "http/exchange/response.h"
#include "http/syntax/gzip.h"
#include "http/syntax/json_writer.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// Sends in chunks what is written piece by piece, packed where the client takes that.
class ListingChannel {
 public:
  /// How much text makes a piece.
  static constexpr std::size_t kPieceBytes = 65536;

  /// \param response has begun its chunks, and must outlive this.
  ListingChannel(Response& response, bool isPacked);

  /// Takes the text of `json`; sends what has become enough.
  void add(JsonWriter& json);

  /// All that was added leaves now.
  void flush();

  /// The same, and with it the end, as `Response::endChunks`.
  void finish(std::string_view trailers = {});

 private:
  void sendPacked(std::size_t least);

  Response& response_;
  std::optional<GzipStream> gzip_;
  std::string packed_;
};

}  // namespace mediadock
