#include "thumbnailer/confinement.h"
#include "thumbnailer/decoders.h"
#include "thumbnailer/rendering.h"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

using mediadock::thumbnailer::PictureFormat;
using mediadock::thumbnailer::ThumbnailerExit;

std::optional<PictureFormat> parseFormat(std::string_view word) {
  return word == "jpeg"   ? std::optional(PictureFormat::Jpeg)
         : word == "webp" ? std::optional(PictureFormat::Webp)
                          : std::nullopt;
}

std::optional<int> parseSize(std::string_view text) {
  constexpr int kLargest = 4096;
  int size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const bool isSize = error == std::errc() && end == text.data() + text.size() && size > 0;
  return isSize && size <= kLargest ? std::optional(size) : std::nullopt;
}

bool writeAll(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

ThumbnailerExit run(int argc, char** argv) {
  const auto size = argc == 3 ? parseSize(argv[1]) : std::nullopt;
  const auto format = argc == 3 ? parseFormat(argv[2]) : std::nullopt;
  if (!size || !format) {
    std::fputs("usage: mediadock-thumbnailer SIZE jpeg|webp\n", stderr);
    return ThumbnailerExit::Usage;
  }
  mediadock::thumbnailer::isolate();
  mediadock::thumbnailer::startDecoders();
  mediadock::thumbnailer::forbidSystemCalls();
  const bool isWritten =
      writeAll(mediadock::thumbnailer::renderThumbnail(STDIN_FILENO, *size, *format));
  return isWritten ? ThumbnailerExit::Done : ThumbnailerExit::Failed;
}

ThumbnailerExit runSafely(int argc, char** argv) noexcept {
  try {
    return run(argc, argv);
  } catch (const mediadock::thumbnailer::RenderingError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return error.exit();
  } catch (const std::bad_alloc&) {
    return ThumbnailerExit::OverLimits;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return ThumbnailerExit::Failed;
  }
}

}  // namespace

int main(int argc, char** argv) {
  // Skip the cleanup, which would only take time.
  ::_exit(static_cast<int>(runSafely(argc, argv)));
}
