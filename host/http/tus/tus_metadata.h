#pragma once

/// \file
/// Reads the file's name and fields from `Upload-Metadata`.

#include "media/rules/upload_fields.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace mediadock::http {

class Request;

struct TusFile {
  std::string name;
  media::UploadFields fields;
};

/// Reads `filename`, `filetype`, and the fields of an upload form; unknown keys are ignored, as in
/// a form.
/// \param size the upload's length.
/// \throws ProblemException 400 for metadata that is malformed or lacks `filename` or
///   `nextcloud_path`; otherwise as `UploadFormFields`.
TusFile readTusMetadata(std::string_view metadata, std::uint64_t size, const Request& request);

/// Whether the caller of `request` may access the destination folder in `metadata`, which
/// `readTusMetadata` has accepted before.
bool reachesTusFolder(std::string_view metadata, const Request& request);

}  // namespace mediadock::http
