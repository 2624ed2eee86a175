#pragma once

/// \file
/// Judges the type of one file on its way in.

#include "media/types/denied_types.h"
#include "media/types/type_sniffer.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock {

/// First by what the file is called, then by its first bytes; all three must be allowed. A file
/// that goes by a picture's, sound's, film's or PDF's type and begins as markup or script is
/// refused, too: nobody sends that in good faith. Under its own name such a file is taken.
class UploadTypeCheck {
 public:
  /// Both references must outlive the check.
  /// \param declared what the client says the type is; may be empty.
  /// \throws RefusedType where the name or `declared` is denied.
  UploadTypeCheck(const DeniedTypes& denied, TypeSniffer& sniffer, std::string_view filename,
                  std::string_view declared);

  /// Whether the bytes matter. Where not, `judge` does not look at them.
  bool needsBytes() const noexcept { return !denied_.isEmpty() || !scriptless_.empty(); }

  /// \param beginning the file's first `TypeSniffer::kBytes`, or all of a shorter one.
  /// \return what the bytes are; nothing where it does not matter.
  /// \throws RefusedType
  std::optional<SniffedType> judge(std::span<const std::byte> beginning) const;

 private:
  void requireAllowed(std::string_view type, std::string_view whatSaysSo) const;

  const DeniedTypes& denied_;
  TypeSniffer& sniffer_;
  /// What the file goes by, of a kind in which no script is expected; else empty.
  std::string scriptless_;
};

}  // namespace mediadock
