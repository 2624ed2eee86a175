#pragma once

/// \file
/// How a browser treats a media type, and whether a file's content matches its stated type. All
/// functions take types in any spelling, with or without parameters.

#include "media/types/type_sniffer.h"

#include <string_view>

namespace mediadock::media {

/// Whether a browser may display this type inline: pictures except SVG, audio, video, plain text
/// and PDF. Everything else, known or not, is for download.
bool isSafeInline(std::string_view type);

/// Whether a browser would execute the content of this type: HTML, XML, SVG and JavaScript.
bool runsInBrowser(std::string_view type);

/// Whether a file stated to be `type` must not contain markup or script: all types that are safe
/// inline except plain text, which is the honest type of source code.
bool excludesScript(std::string_view type);

/// Whether content like this may be served as `type`, which is safe inline. A picture must be some
/// picture, a PDF a PDF; text must be readable and not markup. Audio and video come in more formats
/// than the first bytes can identify: there it is enough that the content is nothing else.
bool bytesAgree(std::string_view type, const SniffedType& bytes);

}  // namespace mediadock::media
