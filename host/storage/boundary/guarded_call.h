#pragma once

/// \file
/// Runs one call into a plugin and lets nothing but `StorageError` out of it.

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"
#include "storage/boundary/call_watch.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock {

/// How long a call without a deadline of its own may take.
inline constexpr std::chrono::seconds kUsualPatience{30};

/// A call into a plugin, as errors name it. Borrows what it names.
struct PluginCall {
  std::string_view plugin;
  const char* operation;
  const StoragePath& path;
  /// After which it is given up; see `call_watch.h`.
  std::chrono::milliseconds patience = kUsualPatience;
};

/// The failure of a plugin that broke its contract in `call`, with a message that names plugin,
/// operation and path.
StorageError pluginFault(const PluginCall& call, const std::string& what,
                         StorageErrc code = StorageErrc::Internal, Retry retry = Retry::Never);

/// The exception that is being handled as what the host lets out of `call`: a `StorageError` keeps
/// its code, and is given operation and path where it has none; all else is a `pluginFault` that
/// names the exception's type. Text is cut to `kMostMessageBytes`, and what is no code or advice
/// of `StorageError` is taken for `Internal` and `Never`.
/// \pre called within a handler.
StorageError currentFailure(const PluginCall& call);

/// The longest message of a plugin that is passed on.
inline constexpr std::size_t kMostMessageBytes = 4096;

template <typename Call>
decltype(auto) guardedCall(const PluginCall& place, Call&& call) {
  requireFewLostCalls(place);
  const WatchedCall watched(place);
  try {
    return std::forward<Call>(call)();
  } catch (...) {
    throw currentFailure(place);
  }
}

}  // namespace mediadock
