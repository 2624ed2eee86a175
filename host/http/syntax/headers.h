#pragma once

/// \file
/// Header fields in the order they came, names compared without regard to case, and the small
/// pieces of header grammar that several readers need (RFC 9110 §5.6).

#include "base/text.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mediadock {

class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value);

  bool has(std::string_view name) const noexcept;

  /// The values of all fields of this name, one per line that came.
  std::vector<std::string_view> all(std::string_view name) const;

  /// The values of all lines joined by a comma, which is what they mean together (RFC 9110 §5.3);
  /// nothing where there is none.
  std::optional<std::string> joined(std::string_view name) const;

  const std::vector<Field>& fields() const noexcept { return fields_; }

 private:
  std::vector<Field> fields_;
};

/// The non-empty members of a comma-separated list; commas within quotes do not separate.
std::vector<std::string_view> listMembers(std::string_view text);

/// Whether there is a control character other than the tab, which no header value may hold.
bool hasControlCharacter(std::string_view text) noexcept;

/// The value of a parameter behind a media type or disposition, quotes and `\"` undone; a
/// backslash before anything else stays, for browsers do not escape it. Nothing where it is absent
/// or its quotes do not close.
std::optional<std::string> headerParameter(std::string_view value, std::string_view name);

/// What stands before the first `;`, in lower case.
std::string mediaTypeEssence(std::string_view value);

}  // namespace mediadock
