#pragma once

/// \file
/// Header fields in the order received, with case-insensitive names, and shared header grammar (RFC
/// 9110 §5.6).

#include "base/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock::http {

class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value);

  bool has(std::string_view name) const noexcept;

  /// The values of all fields of this name, one per line received.
  std::vector<std::string_view> all(std::string_view name) const;

  /// The values of all lines joined by commas, which is equivalent (RFC 9110 §5.3); nullopt if
  /// there is none.
  std::optional<std::string> joined(std::string_view name) const;

  const std::vector<Field>& fields() const noexcept { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// The non-empty members of a comma-separated list, ignoring commas within quotes.
std::vector<std::string_view> listMembers(std::string_view text);

/// Whether `text` has a control character other than tab, which no header value may contain.
bool hasControlCharacter(std::string_view text) noexcept;

/// The value of a parameter of a media type or disposition, without quotes and with `\"` unescaped;
/// a backslash before anything else is kept, because browsers do not escape it. Returns nullopt if
/// it is absent or its quotes are not closed.
std::optional<std::string> headerParameter(std::string_view value, std::string_view name);

/// The part before the first `;`, in lower case.
std::string mediaTypeEssence(std::string_view value);

}  // namespace mediadock::http
