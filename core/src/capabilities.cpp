#include "mediadock/capabilities.h"

#include <utility>

namespace mediadock {

std::vector<std::string_view> abilityNames(const Capabilities& capabilities) {
  const std::pair<bool, std::string_view> bits[] = {
      {capabilities.rangeRead, "range_read"},
      {capabilities.conditionalRead, "conditional_read"},
      {capabilities.etag, "etag"},
      {capabilities.fileId, "file_id"},
      {capabilities.writeUnknownSize, "write_unknown_size"},
      {capabilities.writeIfAbsent, "write_if_absent"},
      {capabilities.writeIfMatch, "write_if_match"},
      {capabilities.writeRetarget, "write_retarget"},
      {capabilities.writeModifiedAt, "write_modified_at"},
      {capabilities.writeResume, "write_resume"},
      {capabilities.removeRecursive, "remove_recursive"},
      {capabilities.removeIfMatch, "remove_if_match"},
      {capabilities.makeDirectory, "make_directory"},
      {capabilities.copy, "copy"},
      {capabilities.move, "move"},
      {capabilities.quota, "quota"},
      {capabilities.previews, "previews"},
      {capabilities.localFiles, "local_files"},
      {capabilities.listSorted, "list_sorted"},
      {capabilities.caseSensitive, "case_sensitive"},
  };
  std::vector<std::string_view> names;
  for (const auto& [isSet, name] : bits) {
    if (isSet) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace mediadock
