#pragma once

/// \file
/// The libvips decoders that are enabled.

#include <string_view>

namespace mediadock::thumbnailer {

/// Starts libvips with only the decoders of JPEG, PNG, WebP, GIF, HEIF and AVIF, the last two if
/// installed. Opens files.
/// \throws std::runtime_error
void startDecoders();

/// Whether a file begins as one of these formats. Call this before libvips: it lets every decoder
/// it knows examine the file, and that of TIFF reads far into it.
/// \param first at least the first 12 bytes
bool beginsAsPicture(std::string_view first) noexcept;

/// Whether the decoder that libvips calls `name` is one of these: libvips also selects the others,
/// and then does not run them.
bool isAllowedDecoder(std::string_view name) noexcept;

}  // namespace mediadock::thumbnailer
