#pragma once

/// \file
/// Conditional requests (RFC 9110 §13).

#include "http/syntax/headers.h"
#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock::http {

/// The validators of a representation.
struct Validators {
  std::optional<ETag> etag;
  /// In whole seconds, as in `Last-Modified`.
  std::optional<std::chrono::sys_seconds> modifiedAt;
};

/// The validators of a file: the storage's etag, or if there is none one made of time and size;
/// weak, because two versions may share both.
Validators validatorsOf(const Entry& entry);

/// Appends the version of a file: the value of the etag above, or nothing if there is none.
void appendVersion(const Entry& entry, std::string& text);

enum class Verdict { Proceed, NotModified, PreconditionFailed };

/// Evaluates the preconditions for something that exists, in the order of §13.2.2. A malformed
/// condition counts as false; one with a malformed date is ignored.
Verdict evaluateConditions(const Headers& headers, std::string_view method,
                           const Validators& validators);

/// Whether `If-Range` is absent or true (§13.1.5). A date is a strong validator only if by `now`
/// the file has been unmodified for a second.
bool ifRangeHolds(const Headers& headers, const Validators& validators,
                  std::chrono::sys_seconds now);

}  // namespace mediadock::http
