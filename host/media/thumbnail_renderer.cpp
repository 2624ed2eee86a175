#include "media/thumbnail_renderer.h"

#include "media/filter_process.h"
#include "mediadock/storage_error.h"
#include "thumbnailer/exit_status.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <string_view>

namespace mediadock {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMostBytes = std::size_t{8} << 20U;

/// Whoever took over the decoder could write anything.
bool isOfFormat(std::string_view bytes, ThumbnailFormat format) {
  return format == ThumbnailFormat::Jpeg
             ? bytes.starts_with("\xff\xd8\xff"sv)
             : bytes.starts_with("RIFF"sv) && bytes.substr(0, 12).ends_with("WEBP"sv);
}

/// How a decoder falls over a file, out of its own or because of a limit.
bool isFault(int signal) {
  constexpr std::array kFaults{SIGXCPU, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
  return std::find(kFaults.begin(), kFaults.end(), signal) != kFaults.end();
}

RenderVerdict judge(const ProcessEnd& end) {
  if (end.signal != 0 && isFault(end.signal)) {
    return RenderVerdict::TooMuch;
  }
  switch (ThumbnailerExit{end.exitStatus}) {
    case ThumbnailerExit::Done:
      return RenderVerdict::Picture;
    case ThumbnailerExit::NoPicture:
    case ThumbnailerExit::BrokenPicture:
      return RenderVerdict::NoPicture;
    case ThumbnailerExit::OverLimits:
      return RenderVerdict::TooMuch;
    case ThumbnailerExit::Usage:
    case ThumbnailerExit::Failed:
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
  Rendered rendered{.bytes = process.run(source, kMostBytes, context)};
  rendered.verdict = judge(process.wait());
  if (rendered.verdict != RenderVerdict::Picture) {
    rendered.bytes.clear();
  } else if (!isOfFormat(rendered.bytes, format)) {
    throw StorageError(StorageErrc::Unavailable, "the thumbnailer wrote no picture");
  }
  return rendered;
}

}  // namespace mediadock
