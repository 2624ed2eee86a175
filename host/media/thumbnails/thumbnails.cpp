#include "media/thumbnails/thumbnails.h"

#include "media/types/media_type.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <span>
#include <string_view>
#include <utility>

namespace mediadock::media {
namespace {

/// Increment it with every change of the renderer's output.
constexpr std::string_view kRevision = "thumbnail 2";

/// Failures are cached too: listings request the same broken picture again and again.
constexpr std::string_view kNoPicture = "no picture";
constexpr std::string_view kTooMuch = "too much";

std::string_view wordFor(RenderVerdict verdict, ThumbnailFormat format) {
  switch (verdict) {
    case RenderVerdict::NoPicture:
      return kNoPicture;
    case RenderVerdict::TooMuch:
      return kTooMuch;
    case RenderVerdict::Picture:
      break;
  }
  return mimeTypeOf(format);
}

/// Truncates a file at a limit, and remembers whether it did.
class LimitedStream final : public IReadStream {
 public:
  LimitedStream(std::unique_ptr<IReadStream> inner, std::uint64_t most)
      : inner_(std::move(inner)),
        left_(most) {}

  const ReadInfo& info() const override { return inner_->info(); }

  std::size_t read(std::span<std::byte> buffer) override {
    const std::size_t got = inner_->read(buffer);
    isTooLong_ = isTooLong_ || got > left_;
    left_ -= isTooLong_ ? 0 : got;
    return isTooLong_ ? 0 : got;
  }

  bool isTooLong() const noexcept { return isTooLong_; }

 private:
  std::unique_ptr<IReadStream> inner_;
  std::uint64_t left_;
  bool isTooLong_ = false;
};

/// A read may block up to the storage's idle limit; the picture is due earlier.
CallContext impatient(CallContext context) {
  using std::chrono::milliseconds;
  const auto left =
      std::chrono::duration_cast<milliseconds>(context.deadline - CallContext::Clock::now());
  context.idleLimit = std::clamp(left, milliseconds(1), context.idleLimit);
  return context;
}

}  // namespace

Thumbnails::Thumbnails(IStorageProvider& provider, ThumbnailSettings settings)
    : provider_(provider),
      settings_(std::move(settings)),
      renderer_(settings_.program, settings_.maxSourceBytes),
      slots_(settings_.atOnce, settings_.waiting) {}

Thumbnail Thumbnails::get(const ThumbnailRequest& request, const CallContext& context) {
  if (settings_.program.empty()) {
    throw StorageError(StorageErrc::Unavailable, "this server makes no thumbnails");
  }
  if (request.version.empty()) {
    Rendered rendered = render(request, context);
    return {.verdict = rendered.verdict,
            .bytes = std::make_shared<const std::string>(std::move(rendered.bytes))};
  }
  const std::string key = keyOf(request);
  for (;;) {
    if (auto cached = findCached(key)) {
      return *std::move(cached);
    }
    const auto turn =
        rendering_.enter(key, context, {.message = "the thumbnail was not made in time"});
    if (turn.leader) {
      return lead(key, *turn.leader, request, context);
    }
    if (turn.result && turn.result->failure) {
      std::rethrow_exception(turn.result->failure);
    }
    if (turn.result) {
      return turn.result->thumbnail;
    }
  }
}

std::string Thumbnails::keyOf(const ThumbnailRequest& request) const {
  // No field contains a line break.
  std::string key(kRevision);
  for (const std::string& field :
       {settings_.storageName, request.file.path.str(), request.version,
        std::to_string(request.size), std::string(mimeTypeOf(request.format))}) {
    key.append("\n").append(field);
  }
  return key;
}

std::optional<Thumbnail> Thumbnails::findCached(const std::string& key) const {
  auto blob = settings_.cache ? settings_.cache->find(key) : std::nullopt;
  if (!blob) {
    return std::nullopt;
  }
  Thumbnail thumbnail;
  thumbnail.verdict = blob->metadata() == kNoPicture ? RenderVerdict::NoPicture
                      : blob->metadata() == kTooMuch ? RenderVerdict::TooMuch
                                                     : RenderVerdict::Picture;
  thumbnail.cached = std::move(blob);
  return thumbnail;
}

void Thumbnails::keep(const std::string& key, const Rendered& rendered,
                      ThumbnailFormat format) const {
  const auto writer = settings_.cache
                          ? settings_.cache->startWriting(key, wordFor(rendered.verdict, format),
                                                          rendered.bytes.size())
                          : nullptr;
  if (writer && writer->write(std::as_bytes(std::span(rendered.bytes)))) {
    writer->commit();
  }
}

/// Renders the thumbnail for all callers that wait for it. They look again if it was already
/// cached, or if the leader gave up because of its own deadline or cancellation.
Thumbnail Thumbnails::lead(const std::string& key, storage::SingleFlight<Outcome>::Leader& leader,
                           const ThumbnailRequest& request, const CallContext& context) {
  try {
    // Another call may have rendered it since the last lookup.
    if (auto cached = findCached(key)) {
      return *std::move(cached);
    }
    Rendered rendered = render(request, context);
    keep(key, rendered, request.format);
    Thumbnail result{.verdict = rendered.verdict,
                     .bytes = std::make_shared<const std::string>(std::move(rendered.bytes))};
    leader.finish({.thumbnail = result});
    return result;
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::Timeout && error.code() != StorageErrc::Cancelled) {
      leader.finish({.failure = std::current_exception()});
    }
    throw;
  } catch (...) {
    leader.finish({.failure = std::current_exception()});
    throw;
  }
}

Rendered Thumbnails::render(const ThumbnailRequest& request, const CallContext& context) {
  const RenderSlots::Slot slot(slots_, context);
  if (!provider_.capabilities().previews) {
    return renderOriginal(request, context);
  }
  const auto source = firstSource(request);
  auto first = renderFrom(source, request, context);
  if (first.verdict == RenderVerdict::Picture) {
    return first;
  }
  if (source == PictureSource::Preview) {
    return renderOriginal(request, context);
  }
  auto preview = renderPreview(request, context);
  return preview ? *std::move(preview) : first;
}

/// Records how long a picture took, even if it failed: waiting in vain is slow, too.
Rendered Thumbnails::renderFrom(PictureSource source, const ThumbnailRequest& request,
                                const CallContext& context) {
  const auto begin = CallContext::Clock::now();
  const auto learn = [&] {
    sources_.learn(
        source, request.file.size.value_or(0),
        std::chrono::duration_cast<std::chrono::milliseconds>(CallContext::Clock::now() - begin));
  };
  try {
    auto rendered = source == PictureSource::Preview
                        ? renderPreview(request, context).value_or(Rendered{})
                        : renderOriginal(request, context);
    if (rendered.verdict == RenderVerdict::Picture) {
      learn();
    }
    return rendered;
  } catch (const StorageError&) {
    learn();
    throw;
  }
}

/// For files that are not pictures, or are too large, only the storage can have a preview.
PictureSource Thumbnails::firstSource(const ThumbnailRequest& request) {
  const auto size = request.file.size;
  const bool isPicture = mimeTypeOf(request.file.path.name()).starts_with("image/");
  return isPicture && size && *size <= settings_.maxSourceBytes ? sources_.choose(*size)
                                                                : PictureSource::Preview;
}

Rendered Thumbnails::renderOriginal(const ThumbnailRequest& request, const CallContext& context) {
  if (request.file.size.value_or(0) > settings_.maxSourceBytes) {
    return {.verdict = RenderVerdict::TooMuch};
  }
  const auto limits = impatient(context);
  LimitedStream source(provider_.openRead(request.file.path, {}, limits), settings_.maxSourceBytes);
  if (provider_.capabilities().etag && source.info().entry.etag != request.file.etag) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "the file was changed while it was read",
                        .retry = Retry::AfterDelay,
                        .retryAfter = std::chrono::seconds(1)});
  }
  auto rendered = renderer_.render(source, request.size, request.format, limits);
  return source.isTooLong() ? Rendered{.verdict = RenderVerdict::TooMuch} : std::move(rendered);
}

/// Returns nullopt if the storage has no preview, or its preview is not a picture.
std::optional<Rendered> Thumbnails::renderPreview(const ThumbnailRequest& request,
                                                  const CallContext& context) {
  const auto limits = impatient(context);
  try {
    const auto preview = provider_.openPreview(
        request.file.path, {.maxWidth = request.size, .maxHeight = request.size}, limits);
    Rendered rendered = renderer_.render(*preview, request.size, request.format, limits);
    return rendered.verdict == RenderVerdict::Picture ? std::optional(std::move(rendered))
                                                      : std::nullopt;
  } catch (const StorageError& error) {
    if (error.code() != StorageErrc::NotFound && error.code() != StorageErrc::Unsupported) {
      throw;
    }
    return std::nullopt;
  }
}

}  // namespace mediadock::media
