#pragma once

/// \file
/// The body of an error answer, made fit for a log line.

#include <string>
#include <string_view>

namespace mediadock {

/// What a server says about a failure (sabre/dav's `d:error`). Empty where it does not.
struct DavErrorBody {
  /// Class name, such as `Sabre\DAV\Exception\NotFound`.
  std::string exception;
  std::string message;
  /// It is an answer of Nextcloud's other interface, OCS, in JSON.
  bool isOcs = false;
};

/// Reads `s:exception` and `s:message`, or OCS's message, or else takes the text of an HTML or
/// plain body. Never throws for odd input; both are cut to 300 bytes and hold no control character.
DavErrorBody parseDavErrorBody(std::string_view body);

}  // namespace mediadock
