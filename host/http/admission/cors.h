#pragma once

/// \file
/// What scripts of other origins may do with the API (CORS, as the Fetch standard has it): nothing,
/// unless their origin is listed.

#include "http/addressing/origin.h"
#include "http/exchange/request.h"
#include "http/exchange/response.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

/// Immutable after construction.
class Cors {
 public:
  explicit Cors(std::vector<Origin> allowed) : allowed_(std::move(allowed)) {}

  /// Whether `origin`, the value of that header, is listed.
  bool allows(std::string_view origin) const;

  /// Tells the browser by headers of every answer: a listed origin may read it, with credentials,
  /// and may show it (`Cross-Origin-Resource-Policy`), by which alone it is known in an `<img>`.
  void describe(const Headers& request, Response& response) const;

  /// Answers the question that a browser asks ahead of a request. Returns false where this is none,
  /// or none of a listed origin.
  bool answerPreflight(const RequestHead& head, Response& response) const;

 private:
  bool contains(const std::optional<Origin>& origin) const;
  bool mayEmbed(const Headers& request) const;

  std::vector<Origin> allowed_;
};

}  // namespace mediadock
