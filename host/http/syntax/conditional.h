#pragma once

/// \file
/// Conditional requests (RFC 9110 §13).

#include "http/syntax/headers.h"
#include "mediadock/entry.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mediadock {

/// What identifies a version of what is asked for.
struct Validators {
  std::optional<ETag> etag;
  /// Whole seconds, as `Last-Modified` shows them.
  std::optional<std::chrono::sys_seconds> modifiedAt;
};

/// The validators of a file: its own etag, or where the storage has none a weak one made of time
/// and size, for two versions may share both.
Validators validatorsOf(const Entry& entry);

/// Appends what tells the version of a file from others: the value of the etag above, or nothing
/// where there is none.
void appendVersion(const Entry& entry, std::string& text);

enum class Verdict { Proceed, NotModified, PreconditionFailed };

/// What the preconditions say of something that exists, in the order of §13.2.2. A condition that
/// is not well-formed is one that does not hold; a date that is not, one that was not given.
Verdict evaluateConditions(const Headers& headers, std::string_view method,
                           const Validators& validators);

/// Whether `If-Range` is absent or holds (§13.1.5). A date is strong only where the file had been
/// left alone for a second by `now`.
bool ifRangeHolds(const Headers& headers, const Validators& validators,
                  std::chrono::sys_seconds now);

}  // namespace mediadock
