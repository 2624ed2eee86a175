#pragma once

/// \file
/// Media types by name, and the kinds of media that the CRM tells apart.

#include "records/media_record.h"

#include <string_view>

namespace mediadock {

/// The media type that the extension of `name` stands for, ASCII case aside;
/// `application/octet-stream` for an unknown one or none.
std::string_view mimeTypeOf(std::string_view name);

/// `image/…` is a photo, and so on. Text and office formats are documents, archives are not.
MediaType mediaTypeOf(std::string_view mimeType);

}  // namespace mediadock
