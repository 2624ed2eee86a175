#pragma once

/// \file
/// Answers that are JSON.

#include "http/request.h"
#include "http/response.h"
#include "mediadock/etag.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What was done, or what is now; not for a cache.
void sendJson(Response& response, int status, std::string_view json);

/// A listing, with an etag made of the text itself, so that any change in it is seen, and 304 where
/// the client has it already. Goes through gzip for who takes that.
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
