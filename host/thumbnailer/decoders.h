#pragma once

/// \file
/// Which of libvips' decoders there are.

#include <string_view>

namespace mediadock {

/// Starts libvips with the decoders of JPEG, PNG, WebP, GIF, HEIF and AVIF, the last two where they
/// are installed, and with no other. Opens files.
/// \throws std::runtime_error
void startDecoders();

/// Whether a file begins as one of these formats. To be asked first: libvips finds its decoder by
/// having every one that it knows look at the file, and that of TIFF reads far into it.
/// \param first at least the first 12 bytes
bool beginsAsPicture(std::string_view first) noexcept;

/// Whether the decoder that libvips calls `name` is one of these: it also finds the others, and
/// then does not run them.
bool isAllowedDecoder(std::string_view name) noexcept;

}  // namespace mediadock
