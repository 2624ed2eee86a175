#pragma once

/// \file
/// Makes and caches thumbnails of stored files.

#include "cache/blob_cache.h"
#include "media/thumbnails/picture_sources.h"
#include "media/thumbnails/render_slots.h"
#include "media/thumbnails/thumbnail_renderer.h"
#include "mediadock/storage_provider.h"
#include "storage/calls/single_flight.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace mediadock::media {

struct ThumbnailSettings {
  /// The thumbnailer program; empty: no thumbnails are made.
  std::filesystem::path program;
  /// Where thumbnails are cached; null: nowhere.
  std::shared_ptr<cache::BlobCache> cache;
  /// Distinguishes this storage from others that share the cache.
  std::string storageName;
  /// Thumbnails rendered at once, and requests that may wait in addition.
  std::size_t atOnce = 2;
  std::size_t waiting = 64;
  /// No thumbnail is made of a larger file.
  std::uint64_t maxSourceBytes = kMaxThumbnailSourceBytes;
};

struct ThumbnailRequest {
  /// The file's current entry.
  Entry file;
  /// Identifies this version of the file; empty if it cannot be identified: the thumbnail is not
  /// cached.
  std::string version;
  /// One of `kThumbnailSizes`.
  std::uint32_t size = 256;
  ThumbnailFormat format = ThumbnailFormat::Jpeg;
};

struct Thumbnail {
  RenderVerdict verdict = RenderVerdict::NoPicture;
  /// A picture is in one of the two: `bytes` if it was just rendered, `cached` if it was cached.
  std::shared_ptr<const std::string> bytes;
  std::optional<cache::CachedBlob> cached;
};

/// Renders each thumbnail once, however many requests ask for it at the same time. Uses the
/// storage's own preview if it has one and it arrives faster than the file, or if the file cannot
/// be rendered here. Previews go through the renderer too: nothing reaches a client that was not
/// decoded and re-encoded. All calls may run concurrently.
class Thumbnails {
 public:
  /// `provider` must outlive this.
  Thumbnails(IStorageProvider& provider, ThumbnailSettings settings);

  /// \throws StorageError as the provider; `Unavailable` if the file was changed meanwhile, or too
  ///   many thumbnails are requested; otherwise as `ThumbnailRenderer::render`.
  Thumbnail get(const ThumbnailRequest& request, const CallContext& context);

  /// Calls waiting for another call's result.
  std::size_t waiting() const { return rendering_.followers(); }

 private:
  /// What a leader tells its followers.
  struct Outcome {
    Thumbnail thumbnail;
    /// If set, there is no thumbnail.
    std::exception_ptr failure;
  };

  std::string keyOf(const ThumbnailRequest& request) const;
  std::optional<Thumbnail> findCached(const std::string& key) const;
  void keep(const std::string& key, const Rendered& rendered, ThumbnailFormat format) const;
  Thumbnail lead(const std::string& key, storage::SingleFlight<Outcome>::Leader& leader,
                 const ThumbnailRequest& request, const CallContext& context);
  Rendered render(const ThumbnailRequest& request, const CallContext& context);
  PictureSource firstSource(const ThumbnailRequest& request);
  Rendered renderFrom(PictureSource source, const ThumbnailRequest& request,
                      const CallContext& context);
  Rendered renderOriginal(const ThumbnailRequest& request, const CallContext& context);
  std::optional<Rendered> renderPreview(const ThumbnailRequest& request,
                                        const CallContext& context);

  IStorageProvider& provider_;
  const ThumbnailSettings settings_;
  const ThumbnailRenderer renderer_;
  RenderSlots slots_;
  PictureSources sources_;
  storage::SingleFlight<Outcome> rendering_;
};

}  // namespace mediadock::media
