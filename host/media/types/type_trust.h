#pragma once

/// \file
/// What a browser does with a media type, and whether a file's bytes are of the type it goes by.
/// All calls take types in any spelling, with or without parameters.

#include "media/types/type_sniffer.h"

#include <string_view>

namespace mediadock {

/// Whether a browser may show this type by itself: pictures but SVG, audio, video, plain text and
/// PDF. All else, known or not, is for download.
bool isSafeInline(std::string_view type);

/// Whether a browser would run what is in a file of this type: HTML, XML, SVG and JavaScript.
bool runsInBrowser(std::string_view type);

/// Whether a file that goes by `type` must not hold markup or script: what is safe inline, but for
/// plain text, which is the honest type of a listing.
bool excludesScript(std::string_view type);

/// Whether bytes like these may go by `type`, which is safe inline. A picture has to be some
/// picture, a PDF a PDF, text has to be readable and no markup. Sound and film come in more forms
/// than can be told by their beginning: there it is enough that the bytes are nothing else.
bool bytesAgree(std::string_view type, const SniffedType& bytes);

}  // namespace mediadock
