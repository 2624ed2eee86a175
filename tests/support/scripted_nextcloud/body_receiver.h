#pragma once

/// \file
/// Brings request bodies to disk.

#include "support/scripted_nextcloud/request.h"

#include <map>
#include <string>
#include <vector>

namespace mediadock::scripted {

/// Hashes of a body by OpenSSL's name of the algorithm, in hex; the keys say which are wanted.
using BodyHashes = std::map<std::string, std::string>;

/// Writes the whole body to the open file and fills in the hashes asked for. Returns the number of
/// bytes. Throws what `RequestBody::read` throws.
std::uint64_t receiveInto(RequestBody& body, int descriptor, BodyHashes& hashes);
std::uint64_t receiveInto(RequestBody& body, int descriptor);

}  // namespace mediadock::scripted
