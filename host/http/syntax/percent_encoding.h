#pragma once

/// \file
/// Percent-encoding (RFC 3986 §2.1) and the form encoding of queries. Instead of Poco::URI, which
/// lets NUL and invalid UTF-8 through and takes `//host` at the start of a path for an authority.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

enum class PlusSign {
  Literal,  ///< As in a path.
  Space,    ///< As in a form or query.
};

/// Decodes `text` once. Nothing where a `%` has not two hex digits behind it, or where the result
/// holds NUL or is no valid UTF-8.
std::optional<std::string> percentDecode(std::string_view text, PlusSign plus);

/// Encodes all but RFC 3986's unreserved characters.
std::string percentEncode(std::string_view text);

/// The same, appended to `encoded`.
void appendPercentEncoded(std::string_view text, std::string& encoded);

}  // namespace mediadock
