#include "thumbnailer/decoders.h"

#include <vips/vips.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <gmodule.h>
#include <stdexcept>

namespace mediadock {
namespace {

/// Families of decoders: their members for files, memory and streams go with them.
constexpr std::array<const char*, 5> kAllowed{"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                              "VipsForeignLoadWebp", "VipsForeignLoadNsgif",
                                              "VipsForeignLoadHeif"};

}  // namespace

void startDecoders() {
  // Where it looks for modules; those of ImageMagick, poppler and OpenSlide are not even loaded.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  if (vips_init("mediadock-thumbnailer") != 0) {
    throw std::runtime_error(vips_error_buffer());
  }
  g_module_open(MEDIADOCK_VIPS_MODULES "/vips-heif.so", G_MODULE_BIND_LAZY);
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char* family : kAllowed) {
    vips_operation_block_set(family, FALSE);
  }
}

bool isAllowedDecoder(std::string_view name) noexcept {
  return std::any_of(kAllowed.begin(), kAllowed.end(),
                     [name](const char* family) { return name.starts_with(family); });
}

}  // namespace mediadock
