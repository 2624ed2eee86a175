#pragma once

/// \file
/// Edits the chunks of a WebP file (RFC 9649 §2.7).

#include <string>
#include <string_view>

namespace mediadock::thumbnailer {

/// The same picture without EXIF, XMP and colour profile, since libvips 8.14 always writes an EXIF
/// chunk into a WebP. `file` is a WebP written by us.
std::string withoutMetadataChunks(std::string_view file);

}  // namespace mediadock::thumbnailer
