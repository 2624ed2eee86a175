#pragma once

/// \file
/// Streams of a plugin behind the guard; see `guarded_provider.h`.

#include "mediadock/call_context.h"
#include "mediadock/entry_stream.h"
#include "mediadock/streams.h"
#include "storage/boundary/guarded_call.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace mediadock {

struct GuardedPlugin;

/// A stream of a plugin, and where it was opened. The plugin outlives the stream.
template <typename Stream>
struct OpenedStream {
  std::shared_ptr<GuardedPlugin> plugin;
  std::unique_ptr<Stream> stream;
  StoragePath path;
  /// How long one of its calls may take.
  std::chrono::milliseconds patience = kUsualPatience;
};

/// How long a commit, or handing over what was written, may take: some storages put large objects
/// together only then.
inline constexpr std::chrono::minutes kCommitPatience{15};

/// What a write stream was opened with.
struct OpenedWrite {
  /// Of the whole object, as far as it is known.
  std::optional<std::uint64_t> size;
  bool isResumed = false;
  /// Also for the look at what was committed.
  CallContext context;
};

/// So many answers of a listing in a row may hold no entry.
inline constexpr std::size_t kMostEmptyAnswers = 10'000;

/// Copies what the stream says of itself, and checks it. Each piece is held against the room that
/// there was for it and against the stream's length.
/// \param range that it was opened for.
std::unique_ptr<IReadStream> guardStream(OpenedStream<IReadStream> opened,
                                         const std::optional<ByteRange>& range);

/// What `commit` tells is held against what was written, and looked for in the storage: until a
/// look has found one commit as it was told, and whenever none tells an etag. A commit that does
/// not hold is `OutcomeUnknown`.
std::unique_ptr<IWriteStream> guardStream(OpenedStream<IWriteStream> opened, OpenedWrite write);

/// Ends with an error where it brings entries of other folders, goes round, or brings nothing.
/// \param context whose idle limit says how long.
std::unique_ptr<IEntryStream> guardStream(OpenedStream<IEntryStream> opened,
                                          const CallContext& context);

}  // namespace mediadock
