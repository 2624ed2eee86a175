#pragma once

/// \file
/// Parses the body of an error response, for use in log lines.

#include <string>
#include <string_view>

namespace mediadock::nextcloud {

/// What a server says about a failure (sabre/dav's `d:error`). Empty fields if it says nothing.
struct DavErrorBody {
  /// Class name, such as `Sabre\DAV\Exception\NotFound`.
  std::string exception;
  std::string message;
  /// The response is from Nextcloud's other interface, OCS, in JSON.
  bool isOcs = false;
};

/// Reads `s:exception` and `s:message`, or OCS's message, or else the text of an HTML or plain
/// body. Does not throw for malformed input. Both are cut to 300 bytes and contain no control
/// characters.
DavErrorBody parseDavErrorBody(std::string_view body);

}  // namespace mediadock::nextcloud
