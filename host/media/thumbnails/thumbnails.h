#pragma once

/// \file
/// Small pictures of stored files.

#include "cache/blob_cache.h"
#include "media/thumbnails/picture_sources.h"
#include "media/thumbnails/render_slots.h"
#include "media/thumbnails/thumbnail_renderer.h"
#include "mediadock/storage_provider.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace mediadock {

struct ThumbnailSettings {
  /// The thumbnailer; empty: no thumbnails are made.
  std::filesystem::path program;
  /// Where they are kept; null: nowhere.
  std::shared_ptr<BlobCache> cache;
  /// Tells this storage from others that use the same cache.
  std::string storageName;
  /// How many are rendered at once, and how many more may wait.
  std::size_t atOnce = 2;
  std::size_t waiting = 64;
  /// Of a larger file no picture is made.
  std::uint64_t maxSourceBytes = kMaxThumbnailSourceBytes;
};

struct ThumbnailRequest {
  /// The file as it is now.
  Entry file;
  /// What tells this version of it from others; empty where nothing does: the thumbnail is not
  /// kept.
  std::string version;
  /// One of `kThumbnailSizes`.
  std::uint32_t size = 256;
  ThumbnailFormat format = ThumbnailFormat::Jpeg;
};

struct Thumbnail {
  RenderVerdict verdict = RenderVerdict::NoPicture;
  /// A picture is in one of them: as it was rendered, or as it was kept.
  std::shared_ptr<const std::string> bytes;
  std::optional<CachedBlob> kept;
};

/// Has each thumbnail made once, however many ask for it at the same time. The picture is the
/// storage's own where it has previews and they come quicker than the file, or the file cannot be
/// rendered here. It goes through the renderer, too: nothing reaches a client that was not decoded
/// and written anew. All calls may run concurrently.
class Thumbnails {
 public:
  /// `provider` must outlive this.
  Thumbnails(IStorageProvider& provider, ThumbnailSettings settings);
  ~Thumbnails();

  /// \throws StorageError as the provider; `Unavailable` where the file was changed meanwhile, or
  ///   too many are asked for; else as `ThumbnailRenderer::render`.
  Thumbnail get(const ThumbnailRequest& request, const CallContext& context);

  /// How many calls wait for what another one makes.
  std::size_t waiting() const noexcept { return waiting_; }

 private:
  struct Flight;

  std::string keyOf(const ThumbnailRequest& request) const;
  std::optional<Thumbnail> findKept(const std::string& key) const;
  void keep(const std::string& key, const Rendered& rendered, ThumbnailFormat format) const;
  Thumbnail lead(const std::string& key, Flight& flight, const ThumbnailRequest& request,
                 const CallContext& context);
  std::optional<Thumbnail> await(Flight& flight, const CallContext& context);
  template <typename Fill>
  void land(const std::string& key, Flight& flight, Fill fill);
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
  std::atomic<std::size_t> waiting_ = 0;
  std::mutex mutex_;
  /// Guarded by `mutex_`. What is being rendered.
  std::map<std::string, std::shared_ptr<Flight>> flights_;
};

}  // namespace mediadock
