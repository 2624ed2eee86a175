#include "http/tus/tus_metadata.h"

#include "http/exchange/request.h"
#include "http/syntax/problem_exception.h"
#include "http/tus/tus_headers.h"
#include "http/uploads/form_file_name.h"
#include "http/uploads/upload_form_fields.h"

#include <vector>

namespace mediadock::http {
namespace {

using Pairs = std::vector<Headers::Field>;

}  // namespace

TusFile readTusMetadata(std::string_view metadata, std::uint64_t size, const Request& request) {
  const auto pairs = parseTusMetadata(metadata);
  if (!pairs) {
    throw ProblemException(400, "the header Upload-Metadata is not well-formed");
  }
  TusFile file;
  Part part{.contentLength = size};
  const Headers noConditions;
  UploadFormFields form(noConditions, request.caller());
  for (const auto& [key, value] : *pairs) {
    if (key == "filename") {
      file.name = lastSegment(value);
    } else if (key == "filetype") {
      part.contentType = value;
    } else if (key != "size") {
      form.addField(key, value);
    }
  }
  if (file.name.empty()) {
    throw ProblemException(400, "the metadata has no filename");
  }
  file.name = StoragePath().child(file.name).str();
  file.fields = form.startFile(part);
  if (!file.fields.folder) {
    throw ProblemException(400, "the metadata has no nextcloud_path: where is the file to go?");
  }
  return file;
}

bool reachesTusFolder(std::string_view metadata, const Request& request) {
  try {
    for (const auto& [key, value] : parseTusMetadata(metadata).value_or(Pairs())) {
      if (isFolderField(key)) {
        request.authorizedPath(value);
      }
    }
    return true;
  } catch (const PathForbidden&) {
    return false;
  }
}

}  // namespace mediadock::http
