#pragma once

/// \file
/// Reason phrases of the statuses that this server sends, per RFC 9110 and related RFCs; Poco lacks
/// some and has outdated phrases for others.

#include <string_view>

namespace mediadock::http {

/// Never empty; for an unknown status a phrase for its class.
std::string_view reasonPhrase(int status) noexcept;

}  // namespace mediadock::http
