#pragma once

/// \file
/// Runs one call into a plugin; only `StorageError` leaves it.

#include "mediadock/storage_error.h"
#include "mediadock/storage_path.h"
#include "storage/boundary/call_watch.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

namespace mediadock::storage {

/// Time limit of a call without a deadline of its own.
inline constexpr std::chrono::seconds kUsualTimeout{30};

/// A call into a plugin, for error messages. Borrows its members.
struct PluginCall {
  std::string_view plugin;
  const char* operation;
  const StoragePath& path;
  /// After this time the call is lost; see `call_watch.h`.
  std::chrono::milliseconds timeout = kUsualTimeout;
};

/// The error for a plugin that broke its contract in `call`, with a message that names plugin,
/// operation and path.
StorageError pluginFault(const PluginCall& call, const std::string& what,
                         StorageErrc code = StorageErrc::Internal, Retry retry = Retry::Never);

/// Translates the current exception into what leaves `call`: a `StorageError` keeps its code, and
/// gets operation and path if it has none; anything else is a `pluginFault` that names the
/// exception's type. Text is cut to `kMostMessageBytes`, and an invalid code or retry advice
/// becomes `Internal` or `Never`.
/// \pre called within a handler.
StorageError currentFailure(const PluginCall& call);

/// The longest plugin message that is passed on.
inline constexpr std::size_t kMostMessageBytes = 4096;

template <typename Call>
decltype(auto) callPlugin(const PluginCall& place, Call&& call) {
  requireFewLostCalls(place);
  const WatchedCall watched(place);
  try {
    return std::forward<Call>(call)();
  } catch (...) {
    throw currentFailure(place);
  }
}

}  // namespace mediadock::storage
