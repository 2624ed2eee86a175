#include "media/types/upload_type_check.h"

#include "media/types/media_type.h"
#include "media/types/type_trust.h"

namespace mediadock::media {

UploadTypeCheck::UploadTypeCheck(const DeniedTypes& denied, TypeSniffer& sniffer,
                                 std::string_view filename, std::string_view declared)
    : denied_(denied),
      sniffer_(sniffer) {
  const std::string_view named = mimeTypeOf(filename);
  requireAllowed(named, "its name says");
  requireAllowed(declared, "it is declared as");
  for (const std::string_view type : {named, declared}) {
    if (excludesScript(type)) {
      scriptless_ = type;
    }
  }
}

std::optional<SniffedType> UploadTypeCheck::check(std::span<const std::byte> beginning) const {
  if (!needsBytes()) {
    return std::nullopt;
  }
  auto sniffed = sniffer_.sniff(beginning);
  requireAllowed(sniffed.type, "its bytes are");
  if (!scriptless_.empty() && runsInBrowser(sniffed.type)) {
    throw RefusedType("the file goes by " + scriptless_ + ", but its bytes are " + sniffed.type);
  }
  return sniffed;
}

void UploadTypeCheck::requireAllowed(std::string_view type, std::string_view whatSaysSo) const {
  if (!denied_.contains(type)) {
    return;
  }
  std::string reason("the file is not taken: ");
  reason += whatSaysSo;
  reason += " ";
  reason += type;
  reason += "; denied are";
  for (const std::string& denied : denied_.list()) {
    reason += " " + denied;
  }
  throw RefusedType(reason);
}

}  // namespace mediadock::media
