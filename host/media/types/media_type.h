#pragma once

/// \file
/// Media types by file name, and the kinds of media that the CRM distinguishes.

#include "records/media_record.h"

#include <string_view>

namespace mediadock::media {

/// The media type for the extension of `name`, ignoring ASCII case; `application/octet-stream` if
/// it is unknown or missing.
std::string_view mimeTypeOf(std::string_view name);

/// `image/…` is a photo, and so on. Text and office formats are documents, archives are not.
records::MediaType mediaTypeOf(std::string_view mimeType);

}  // namespace mediadock::media
