#include "thumbnailer/decoders.h"

#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <gmodule.h>
#include <malloc.h>
#include <stdexcept>

namespace mediadock::thumbnailer {
namespace {

using namespace std::string_view_literals;

/// Base classes of decoders; their variants for files, memory and streams are included.
constexpr std::array<const char*, 5> kAllowed{"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                              "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
                                              "VipsForeignLoadHeif"};

}  // namespace

void startDecoders() {
  // Arenas of other threads are trimmed only after reading /proc.
  ::mallopt(M_ARENA_MAX, 1);
  // Where it looks for modules; those of ImageMagick, poppler and OpenSlide are not even loaded.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  // Its vector code is generated at run time, in executable memory.
  ::setenv("VIPS_NOVECTOR", "1", 1);
  // A larger intermediate image would go to a temporary file.
  ::setenv("VIPS_DISC_THRESHOLD", "1g", 1);
  if (vips_init("mediadock-thumbnailer") != 0) {
    throw std::runtime_error(vips_error_buffer());
  }
  g_module_open(MEDIADOCK_VIPS_MODULES "/vips-heif.so", G_MODULE_BIND_LAZY);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_block_untrusted_set(TRUE);
  // Printing a warning with its time and colour needs system calls that are not allowed.
  g_log_set_default_handler([](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
  // Loads the time zone now, since lcms needs it later.
  ::tzset();
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* family : kAllowed) {
    vips_operation_block_set(family, FALSE);
  }
}

bool beginsAsPicture(std::string_view first) noexcept {
  constexpr auto kJpeg = "\xff\xd8\xff"sv;
  constexpr auto kPng = "\x89PNG\r\n\x1a\n"sv;
  return first.starts_with(kJpeg) || first.starts_with(kPng) || first.starts_with("GIF8"sv) ||
         (first.starts_with("RIFF"sv) && first.substr(8).starts_with("WEBP"sv)) ||
         first.substr(4).starts_with("ftyp"sv);
}

bool isAllowedDecoder(std::string_view name) noexcept {
  return std::any_of(kAllowed.begin(), kAllowed.end(),
                     [name](const char* family) { return name.starts_with(family); });
}

}  // namespace mediadock::thumbnailer
