#pragma once

/// \file
/// The chunks of a WebP file (RFC 9649 §2.7).

#include <string>
#include <string_view>

namespace mediadock {

/// The same picture without EXIF, XMP and colour profile, for libvips 8.14 writes an EXIF of its
/// own into every WebP, whatever it is told. `file` is a WebP of ours.
std::string withoutMetadataChunks(std::string_view file);

}  // namespace mediadock
