#pragma once

/// \file
/// Percent-encoding (RFC 3986 §2.1) and the form encoding of queries. Poco::URI is not used: it
/// lets NUL and invalid UTF-8 through and takes a leading `//host` in a path for an authority.

#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

enum class PlusSign {
  Literal,  ///< As in a path.
  Space,    ///< As in a form or query.
};

/// Decodes `text` once. Returns nullopt if a `%` is not followed by two hex digits, or if the
/// result contains NUL or is not valid UTF-8.
std::optional<std::string> percentDecode(std::string_view text, PlusSign plus);

/// Encodes all but the unreserved characters of RFC 3986.
std::string percentEncode(std::string_view text);

/// The same, appended to `encoded`.
void appendPercentEncoded(std::string_view text, std::string& encoded);

}  // namespace mediadock::http
