#include "http/tus/tus_metadata.h"

#include "http/problem.h"
#include "http/request.h"
#include "http/tus/tus_headers.h"
#include "http/upload_form.h"

namespace mediadock {
namespace {

/// What follows the last slash of either kind: some clients send a path.
std::string lastSegment(const std::string& filename) {
  const auto slash = filename.find_last_of("/\\");
  return slash == std::string::npos ? filename : filename.substr(slash + 1);
}

}  // namespace

TusFile readTusMetadata(std::string_view metadata, std::uint64_t size, const Request& request) {
  const auto pairs = parseTusMetadata(metadata);
  if (!pairs) {
    throw ProblemException(400, "the header Upload-Metadata is not well-formed");
  }
  TusFile file;
  std::string declaredType;
  const Headers noConditions;
  UploadForm form(noConditions, request.caller());
  for (const auto& [key, value] : *pairs) {
    if (key == "filename") {
      file.name = lastSegment(value);
    } else if (key == "filetype") {
      declaredType = value;
    } else if (key != "size") {
      form.addField(key, value);
    }
  }
  if (file.name.empty()) {
    throw ProblemException(400, "the metadata has no filename");
  }
  file.name = StoragePath().child(file.name).str();
  file.fields = form.finish("", 1);
  file.fields.size = size;
  file.fields.declaredType = declaredType;
  if (!file.fields.folder) {
    throw ProblemException(400, "the metadata has no nextcloud_path: where is the file to go?");
  }
  return file;
}

}  // namespace mediadock
