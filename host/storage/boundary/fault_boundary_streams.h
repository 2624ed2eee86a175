#pragma once

/// \file
/// Wraps a plugin's streams in the fault boundary; see `fault_boundary_provider.h`.

#include "mediadock/call_context.h"
#include "mediadock/entry_stream.h"
#include "mediadock/streams.h"
#include "storage/boundary/plugin_call.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace mediadock::storage {

struct PluginBoundary;

/// A plugin's stream and its path. The plugin outlives the stream.
template <typename Stream>
struct OpenedStream {
  std::shared_ptr<PluginBoundary> plugin;
  std::unique_ptr<Stream> stream;
  StoragePath path;
  /// Time limit of one call.
  std::chrono::milliseconds timeout = kUsualTimeout;
};

/// Time limit of a commit, flush or suspend: some storages assemble large objects only then.
inline constexpr std::chrono::minutes kCommitTimeout{15};

/// The parameters that a write stream was opened with.
struct OpenedWrite {
  /// Of the whole object, if known.
  std::optional<std::uint64_t> size;
  bool isResumed = false;
  /// Also used when verifying the commit.
  CallContext context;
};

/// How many answers of a listing in a row may be empty.
inline constexpr std::size_t kMostEmptyAnswers = 10'000;

/// Copies what the stream reports about itself, and checks it. Each piece is checked against the
/// buffer's size and the stream's length.
/// \param range the range it was opened for.
std::unique_ptr<IReadStream> guardStream(OpenedStream<IReadStream> opened,
                                         const std::optional<ByteRange>& range);

/// The result of `commit` is checked against what was written, and against a `stat`: until one
/// `stat` has confirmed a commit, and whenever `commit` reports no etag. A mismatch is
/// `OutcomeUnknown`.
std::unique_ptr<IWriteStream> guardStream(OpenedStream<IWriteStream> opened, OpenedWrite write);

/// Fails if it returns entries of other folders, loops, or makes no progress.
/// \param context whose idle limit bounds the time without progress.
std::unique_ptr<IEntryStream> guardStream(OpenedStream<IEntryStream> opened,
                                          const CallContext& context);

}  // namespace mediadock::storage
