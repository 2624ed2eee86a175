#pragma once

/// \file
/// The head of a listing response: etag, preconditions, content coding, and link to the next page.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "mediadock/etag.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// Sends a listing with an etag computed from its text, so that any change shows, or 304 if the
/// client has it already. Gzip-encoded if the client accepts it.
void sendListing(const Request& request, Response& response, std::string_view json);

/// The etag of a listing whose text has this SHA-256, in hex.
ETag listingETag(std::string_view sha256);

/// The field with the number of entries that exist but cannot be shown: a header, or a trailer of a
/// streamed listing. Absent: none.
inline constexpr std::string_view kOmittedEntries = "Mediadock-Omitted-Entries";

/// Sets it as a header. Call before the listing is begun.
void tellOmitted(Response& response, std::size_t count);

/// How a listing is sent.
struct ListingForm {
  /// Gzip-encoded.
  bool isPacked = false;
  /// The etag of this form; nullopt if the listing is not known as a whole.
  std::optional<ETag> etag;
  /// Nullopt: chunked.
  std::optional<std::uint64_t> length;
};

/// Sends the head of a listing that is written piece by piece. Returns whether a body must follow:
/// there is none for a 304 or HEAD.
/// \throws ProblemException 412 if a precondition fails.
bool beginListing(const Request& request, Response& response, const ListingForm& form);

/// Adds a `Link` to the next page (RFC 8288): the same request with `cursor`.
void linkNextPage(const Request& request, Response& response, std::string_view cursor);

}  // namespace mediadock::http
