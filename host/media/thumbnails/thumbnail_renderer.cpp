#include "media/thumbnails/thumbnail_renderer.h"

#include "media/thumbnails/filter_process.h"
#include "media/thumbnails/picture_size.h"
#include "mediadock/storage_error.h"
#include "thumbnailer/exit_status.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <span>
#include <string_view>

namespace mediadock::media {
namespace {

constexpr std::size_t kMostBytes = std::size_t{8} << 20U;

/// A compromised decoder could write anything.
bool isAsAsked(std::string_view bytes, ThumbnailFormat format, std::uint32_t size) {
  const auto picture = pictureSizeOf(bytes, format);
  return picture && picture->width > 0 && picture->width <= size && picture->height > 0 &&
         picture->height <= size;
}

struct TooMuchInput {};

/// Fails after more bytes than a picture may have. The reported size of the source may be wrong or
/// unknown.
class BoundedStream final : public IReadStream {
 public:
  BoundedStream(IReadStream& source, std::uint64_t most) : source_(source), left_(most) {}

  const ReadInfo& info() const override { return source_.info(); }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t got = source_.read(buffer);
    if (got > left_) {
      throw TooMuchInput();
    }
    left_ -= got;
    return got;
  }

 private:
  IReadStream& source_;
  std::uint64_t left_;
};

/// Signals of a decoder that crashed or exceeded a limit because of the file.
bool isFault(int signal) {
  constexpr std::array kFaults{SIGXCPU, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
  return std::find(kFaults.begin(), kFaults.end(), signal) != kFaults.end();
}

RenderVerdict verdictOf(const ProcessEnd& end) {
  if (end.signal != 0 && isFault(end.signal)) {
    return RenderVerdict::TooMuch;
  }
  switch (thumbnailer::ThumbnailerExit{end.exitStatus}) {
    case thumbnailer::ThumbnailerExit::Done:
      return RenderVerdict::Picture;
    case thumbnailer::ThumbnailerExit::NoPicture:
    case thumbnailer::ThumbnailerExit::BrokenPicture:
      return RenderVerdict::NoPicture;
    case thumbnailer::ThumbnailerExit::OverLimits:
      return RenderVerdict::TooMuch;
    case thumbnailer::ThumbnailerExit::Usage:
    case thumbnailer::ThumbnailerExit::Failed:
      break;
  }
  throw StorageError({.code = StorageErrc::Unavailable,
                      .message = "the thumbnailer ended with status " +
                                 std::to_string(end.exitStatus) + ", signal " +
                                 std::to_string(end.signal),
                      .retry = Retry::AfterDelay});
}

}  // namespace

Rendered ThumbnailRenderer::render(IReadStream& source, std::uint32_t size, ThumbnailFormat format,
                                   const CallContext& context) const {
  const char* const word = format == ThumbnailFormat::Jpeg ? "jpeg" : "webp";
  FilterProcess process(program_, {std::to_string(size), word}, {"LC_ALL=C"});
  BoundedStream bounded(source, maxSourceBytes_);
  Rendered rendered;
  try {
    rendered.bytes = process.run(bounded, kMostBytes, context);
  } catch (const TooMuchInput&) {
    return {.verdict = RenderVerdict::TooMuch};
  }
  rendered.verdict = verdictOf(process.wait());
  if (rendered.verdict != RenderVerdict::Picture) {
    rendered.bytes.clear();
  } else if (!isAsAsked(rendered.bytes, format, size)) {
    throw StorageError(StorageErrc::Unavailable,
                       "the thumbnailer wrote no picture of the size that was asked for");
  }
  return rendered;
}

}  // namespace mediadock::media
