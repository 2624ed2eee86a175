#pragma once

/// \file
/// Sends the text of a listing in chunks, optionally gzip-encoded.

#include "http/exchange/response.h"
#include "http/syntax/gzip.h"
#include "http/syntax/json_writer.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Collects text that is written piece by piece, and sends it in chunks.
class ListingChannel {
 public:
  /// Text is sent once this much has been collected.
  static constexpr std::size_t kPieceBytes = 65536;

  /// \param response `beginChunks` was called; must outlive this.
  ListingChannel(Response& response, bool isPacked);

  /// Takes the text of `json`; sends a chunk once enough has been collected.
  void add(JsonWriter& json);

  /// Sends everything added so far.
  void flush();

  /// The same, then ends the response as `Response::endChunks`.
  void finish(std::string_view trailers = {});

 private:
  void sendPacked(std::size_t least);

  Response& response_;
  std::optional<GzipStream> gzip_;
  std::string packed_;
};

}  // namespace mediadock::http
