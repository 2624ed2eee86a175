#include "media/thumbnails/picture_sources.h"

#include <algorithm>

namespace mediadock::media {
namespace {

double mebibytes(std::uint64_t bytes) {
  constexpr double kMebibyte = 1048576;
  return std::max(static_cast<double>(bytes) / kMebibyte, 1.0);
}

PictureSource other(PictureSource source) {
  return source == PictureSource::Preview ? PictureSource::Original : PictureSource::Preview;
}

}  // namespace

void PictureSources::Mean::add(double next) {
  constexpr double kShare = 0.25;
  value = isKnown ? value + kShare * (next - value) : next;
  isKnown = true;
}

PictureSource PictureSources::quicker(double originalMs) const {
  return preview_.value <= originalMs ? PictureSource::Preview : PictureSource::Original;
}

PictureSource PictureSources::choose(std::uint64_t sizeBytes) {
  const std::lock_guard lock(mutex_);
  if (!preview_.isKnown || preview_.value <= static_cast<double>(kQuickPreview.count())) {
    return PictureSource::Preview;
  }
  if (!original_.isKnown) {
    return PictureSource::Original;
  }
  const auto best = quicker(original_.value * mebibytes(sizeBytes));
  if (++sinceTrial_ <= kBetweenTrials) {
    return best;
  }
  sinceTrial_ = 0;
  return other(best);
}

void PictureSources::learn(PictureSource source, std::uint64_t sizeBytes,
                           std::chrono::milliseconds duration) {
  const auto taken = static_cast<double>(duration.count());
  const std::lock_guard lock(mutex_);
  if (source == PictureSource::Preview) {
    preview_.add(taken);
  } else {
    original_.add(taken / mebibytes(sizeBytes));
  }
}

}  // namespace mediadock::media
