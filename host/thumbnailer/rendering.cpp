#include "thumbnailer/rendering.h"

#include "thumbnailer/decoders.h"
#include "thumbnailer/webp_chunks.h"

#include <vips/vips.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>
#include <unistd.h>

namespace mediadock::thumbnailer {
namespace {

/// More than any camera has. Bounds what is decoded without shrink-on-load.
constexpr std::int64_t kMostPixels = 256'000'000;
constexpr int kJpegQuality = 82;
constexpr int kWebpQuality = 80;

/// Offset of the colour space in the header of an ICC profile (ICC.1:2022 §7.2).
constexpr std::size_t kProfileColours = 16;

struct Unref {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};

struct Free {
  void operator()(void* memory) const noexcept { g_free(memory); }
};

using Image = std::unique_ptr<VipsImage, Unref>;
using Source = std::unique_ptr<VipsSource, Unref>;

/// libvips and the decoders report errors only as text.
[[noreturn]] void fail() {
  const std::string reason = vips_error_buffer();
  const bool isMemory =
      reason.find("memory") != std::string::npos || reason.find("Memory") != std::string::npos;
  throw RenderingError(isMemory ? ThumbnailerExit::OverLimits : ThumbnailerExit::BrokenPicture,
                       reason);
}

/// Calls a libvips operation that returns an image.
template <typename Operation>
Image make(Operation operation) {
  VipsImage* image = nullptr;
  if (operation(&image) != 0) {
    fail();
  }
  return Image(image);
}

/// Only reads from the descriptor `handle`; never seeks in it.
gint64 readFrom(VipsSourceCustom*, void* buffer, gint64 length, void* handle) {
  ssize_t got = 0;
  do {
    got = ::read(GPOINTER_TO_INT(handle), buffer, static_cast<std::size_t>(length));
  } while (got < 0 && errno == EINTR);
  return got;
}

Source openSource(int descriptor) {
  VipsSourceCustom* const source = vips_source_custom_new();
  if (source == nullptr) {
    throw RenderingError(ThumbnailerExit::Failed, vips_error_buffer());
  }
  g_signal_connect(source, "read", G_CALLBACK(readFrom), GINT_TO_POINTER(descriptor));
  return Source(VIPS_SOURCE(source));
}

Image open(VipsSource* source, const char* options = "") {
  return make([&](VipsImage** out) {
    *out = vips_image_new_from_source(source, options, "access", VIPS_ACCESS_SEQUENTIAL, nullptr);
    return *out == nullptr ? -1 : 0;
  });
}

struct Head {
  Image image;
  std::string_view decoder;
};

/// Reads the header, before anything is decoded.
Head readHead(VipsSource* source) {
  constexpr std::size_t kFirst = 12;
  const void* const first = vips_source_sniff(source, kFirst);
  const char* const decoder =
      first != nullptr && beginsAsPicture({static_cast<const char*>(first), kFirst})
          ? vips_foreign_find_load_source(source)
          : nullptr;
  if (decoder == nullptr || !isAllowedDecoder(decoder)) {
    throw RenderingError(ThumbnailerExit::NoPicture, "no picture of a known format");
  }
  Head head{.image = open(source), .decoder = decoder};
  const std::int64_t width = vips_image_get_width(head.image.get());
  const std::int64_t height = vips_image_get_height(head.image.get());
  if (width > kMostPixels / height) {
    throw RenderingError(ThumbnailerExit::OverLimits, "too many pixels");
  }
  return head;
}

bool hasProfile(VipsImage* image) {
  return vips_image_get_typeof(image, VIPS_META_ICC_NAME) != 0;
}

/// Whether the profile's colour space matches the picture's. libvips only compares the number of
/// bands, and would use a grey profile for the red of RGB.
bool hasFittingProfile(VipsImage* image) {
  const void* bytes = nullptr;
  std::size_t length = 0;
  if (!hasProfile(image) || vips_image_get_blob(image, VIPS_META_ICC_NAME, &bytes, &length) != 0) {
    return false;
  }
  const std::string_view profile(static_cast<const char*>(bytes), length);
  const auto colours = profile.substr(std::min(kProfileColours, length), 4);
  if (vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK) {
    return colours == "CMYK";
  }
  return colours == (vips_image_get_bands(image) < 3 ? "GRAY" : "RGB ");
}

/// Passes the decoder's output through, and paints white from the strip on in which it fails. A
/// failure in the first strip is an error.
int readOrPaintWhite(VipsRegion* out, void* sequence, void*, void*, gboolean*) {
  constexpr int kWhite = 255;
  auto* const decoded = static_cast<VipsRegion*>(sequence);
  const VipsRect& place = out->valid;
  if (vips_region_prepare(decoded, &place) == 0) {
    return vips_region_region(out, decoded, &place, place.left, place.top);
  }
  if (place.top == 0) {
    return -1;
  }
  vips_error_clear();
  vips_region_paint(out, &place, kWhite);
  return 0;
}

/// Opens a PNG so that its missing part is white. libvips would otherwise return rows of
/// uninitialised memory; the decoders of other formats fill in the missing part themselves.
Image openPng(VipsSource* source) {
  Image decoded = open(source, "[fail_on=truncated]");
  Image image(vips_image_new());
  if (vips_image_pipelinev(image.get(), VIPS_DEMAND_STYLE_THINSTRIP, decoded.get(), nullptr) != 0 ||
      vips_image_generate(image.get(), vips_start_one, readOrPaintWhite, vips_stop_one,
                          decoded.get(), nullptr) != 0) {
    fail();
  }
  vips_object_local(image.get(), decoded.release());
  return image;
}

Image withoutProfile(const Image& image) {
  Image bare = make([&](VipsImage** out) { return vips_copy(image.get(), out, nullptr); });
  vips_image_remove(bare.get(), VIPS_META_ICC_NAME);
  return bare;
}

/// Shrinks while decoding, rotates upright, and converts to sRGB unless the picture has a profile.
Image shrink(VipsSource* source, int size) {
  return make([&](VipsImage** out) {
    return vips_thumbnail_source(source, out, size, "height", size, "size", VIPS_SIZE_DOWN,
                                 nullptr);
  });
}

/// The same for a fully decoded picture.
Image shrinkWhole(const Image& whole, int size) {
  return make([&](VipsImage** out) {
    return vips_thumbnail_image(whole.get(), out, size, "height", size, "size", VIPS_SIZE_DOWN,
                                nullptr);
  });
}

/// Converts with the picture's profile if it has one. `shrink` has already converted CMYK to sRGB.
Image toSrgb(const Image& image, bool isInk) {
  if (hasProfile(image.get()) && !isInk) {
    VipsImage* transformed = nullptr;
    if (vips_icc_transform(image.get(), &transformed, "srgb", "embedded", TRUE, "input_profile",
                           "srgb", "depth", 8, nullptr) == 0) {
      return Image(transformed);
    }
    // Unusable profile: convert from the picture's nominal colour space.
    vips_error_clear();
  }
  return make([&](VipsImage** out) {
    return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr);
  });
}

/// Returns a small picture in sRGB.
Image shrinkToSrgb(VipsSource* source, int size) {
  const auto [head, decoder] = readHead(source);
  const bool isInk = vips_image_get_interpretation(head.get()) == VIPS_INTERPRETATION_CMYK;
  const bool isMisled = hasProfile(head.get()) && !hasFittingProfile(head.get());
  const bool isPng = decoder.starts_with("VipsForeignLoadPng");
  if (!isPng && !isMisled) {
    return toSrgb(shrink(source, size), isInk);
  }
  Image whole = isPng ? openPng(source) : open(source);
  if (isMisled) {
    whole = withoutProfile(whole);
  }
  return toSrgb(shrinkWhole(whole, size), isInk);
}

Image putOnWhite(Image image) {
  if (vips_image_hasalpha(image.get()) == FALSE) {
    return image;
  }
  constexpr double kWhite[] = {255.0};
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> white(
      vips_array_double_new(kWhite, 1),
      [](VipsArrayDouble* array) { vips_area_unref(reinterpret_cast<VipsArea*>(array)); });
  return make([&](VipsImage** out) {
    return vips_flatten(image.get(), out, "background", white.get(), nullptr);
  });
}

}  // namespace

std::string renderThumbnail(int descriptor, int size, PictureFormat format) {
  const Source source = openSource(descriptor);
  Image image = shrinkToSrgb(source.get(), size);
  void* bytes = nullptr;
  std::size_t length = 0;
  int failure = 0;
  if (format == PictureFormat::Jpeg) {
    image = putOnWhite(std::move(image));
    failure = vips_jpegsave_buffer(image.get(), &bytes, &length, "Q", kJpegQuality, "strip", TRUE,
                                   "optimize_coding", TRUE, nullptr);
  } else {
    failure = vips_webpsave_buffer(image.get(), &bytes, &length, "Q", kWebpQuality, "strip", TRUE,
                                   nullptr);
  }
  const std::unique_ptr<void, Free> owned(bytes);
  if (failure != 0) {
    fail();
  }
  const std::string picture(static_cast<const char*>(bytes), length);
  return format == PictureFormat::Webp ? withoutMetadataChunks(picture) : picture;
}

}  // namespace mediadock::thumbnailer
