#pragma once

/// \file
/// What goes before a listing: its etag, conditions on it, its coding, and where its next page is.

#include "http/exchange/request.h"
#include "http/exchange/response.h"
#include "mediadock/etag.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// A listing, with an etag made of the text itself, so that any change in it is seen, and 304 where
/// the client has it already. Gzip-encoded if the client accepts it.
void sendListing(const Request& request, Response& response, std::string_view json);

/// The etag of a listing with this SHA-256, in hex, of its text.
ETag listingETag(std::string_view sha256);

/// Where a listing says how many entries exist that it cannot show: among the headers, or in the
/// trailer of one that leaves while it comes in. Absent: none.
inline constexpr std::string_view kOmittedEntries = "Mediadock-Omitted-Entries";

/// Puts that among the headers. To be called before the listing is begun.
void tellOmitted(Response& response, std::size_t count);

/// How a listing is sent.
struct ListingForm {
  /// Through gzip.
  bool isPacked = false;
  /// Of this form; nothing where the listing is not known as a whole.
  std::optional<ETag> etag;
  /// Nothing: in chunks.
  std::optional<std::uint64_t> length;
};

/// Sends the head of a listing that is to be written piece by piece. Returns whether the client
/// gets to see a body: it may have set a condition that decides without one.
/// \throws ProblemException 412 where a condition does not hold.
bool beginListing(const Request& request, Response& response, const ListingForm& form);

/// Names the page behind this one (RFC 8288): the same request with another cursor.
void linkNextPage(const Request& request, Response& response, std::string_view cursor);

}  // namespace mediadock
