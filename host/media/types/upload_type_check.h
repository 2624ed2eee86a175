#pragma once

/// \file
/// Checks the type of one file during upload.

#include "media/types/denied_types.h"
#include "media/types/type_sniffer.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mediadock::media {

/// Checks the name and the declared type first, then the first bytes; all three must be allowed. A
/// file that is stated to be a picture, audio, video or PDF but begins as markup or script is
/// refused too: nobody sends that in good faith. Under its own type such a file is accepted.
class UploadTypeCheck {
 public:
  /// Both references must outlive the check.
  /// \param declared the type that the client states; may be empty.
  /// \throws RefusedType if the name or `declared` is denied.
  UploadTypeCheck(const DeniedTypes& denied, TypeSniffer& sniffer, std::string_view filename,
                  std::string_view declared);

  /// Whether the bytes matter. If not, `check` does not examine them.
  bool needsBytes() const noexcept { return !denied_.isEmpty() || !scriptless_.empty(); }

  /// \param beginning the file's first `TypeSniffer::kBytes`, or all of a shorter file.
  /// \return the type of the content; nullopt if it does not matter.
  /// \throws RefusedType
  std::optional<SniffedType> check(std::span<const std::byte> beginning) const;

 private:
  void requireAllowed(std::string_view type, std::string_view whatSaysSo) const;

  const DeniedTypes& denied_;
  TypeSniffer& sniffer_;
  /// The stated type if it must not contain script; otherwise empty.
  std::string scriptless_;
};

}  // namespace mediadock::media
