#pragma once

/// \file
/// What an `Upload-Metadata` says of the file.

#include "media/rules/upload_fields.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock {

class Request;

struct TusFile {
  std::string name;
  UploadFields fields;
};

/// Reads `filename`, `filetype`, and the fields of an upload's form; other keys are passed over, as
/// the form's are.
/// \param size the upload's length.
/// \throws ProblemException 400 for metadata that is not well-formed or lacks `filename` or
///   `nextcloud_path`; else as `UploadForm`.
TusFile readTusMetadata(std::string_view metadata, std::uint64_t size, const Request& request);

/// Whether the caller of `request` reaches the destination folder in metadata that
/// `readTusMetadata` has taken before.
bool reachesTusFolder(std::string_view metadata, const Request& request);

}  // namespace mediadock
