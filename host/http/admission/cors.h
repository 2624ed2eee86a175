#pragma once

/// \file
/// Cross-origin resource sharing (CORS, Fetch standard): only listed origins may use the API.

#include "http/addressing/origin.h"
#include "http/exchange/request.h"
#include "http/exchange/response.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::http {

/// Immutable after construction.
class Cors {
 public:
  explicit Cors(std::vector<Origin> allowed) : allowed_(std::move(allowed)) {}

  /// Whether `origin`, the value of an `Origin` header, is listed.
  bool allows(std::string_view origin) const;

  /// Sets headers, needed on every response, that let a listed origin read it, with credentials,
  /// and embed it (`Cross-Origin-Resource-Policy`), as an `<img>` does.
  void describe(const Headers& request, Response& response) const;

  /// Answers a CORS preflight. Returns false, sending nothing, if the request is not one, or not
  /// from a listed origin.
  bool answerPreflight(const RequestHead& head, Response& response) const;

 private:
  bool contains(const std::optional<Origin>& origin) const;
  bool mayEmbed(const Headers& request) const;

  std::vector<Origin> allowed_;
};

}  // namespace mediadock::http
