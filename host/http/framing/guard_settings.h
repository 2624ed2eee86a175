#pragma once

/// \file
/// Size, count and time limits of the connection guard.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mediadock::http::guard {

/// Limits on a request head.
struct HeadLimits {
  std::size_t headBytes = 32768;
  std::size_t methodBytes = 32;
  std::size_t targetBytes = 16384;
  std::size_t fields = 100;
  std::size_t nameBytes = 256;
  std::size_t valueBytes = 8192;
};

/// Timeouts for one direction of a connection. Only time spent waiting for the client counts: a
/// slow storage is not the client's fault.
struct TransferTimeouts {
  /// The connection is closed after this long without a byte.
  std::chrono::milliseconds stall{30000};
  /// Once this much time in total was spent waiting, the client must average `bytesPerSecond`.
  std::chrono::milliseconds grace{10000};
  std::uint64_t bytesPerSecond = 512;
};

/// A refused request, for log and metrics.
struct RefusalNotice {
  int status;
  std::string_view detail;
  std::string_view requestId;
  /// `host:port` of the client.
  const std::string& peer;
};

struct GuardSettings {
  HeadLimits head;
  /// Total time for a head from its first byte; also how long a new connection may be silent.
  std::chrono::milliseconds headTimeout{10000};
  /// How long a connection may be idle between two requests.
  std::chrono::milliseconds idleTimeout{60000};
  /// How long a silent connection keeps its thread, before it is parked.
  std::chrono::milliseconds threadTimeout{20};
  TransferTimeouts receiving;
  TransferTimeouts sending;
  /// How much of an unread body is discarded to keep the connection alive, and how long that may
  /// take.
  std::size_t drainBytes = 65536;
  std::chrono::milliseconds drainTimeout{2000};
  /// How long, how many bytes and on how many connections the guard goes on receiving after the
  /// last response, so that a client that is still sending can read it.
  std::chrono::milliseconds lingerTimeout{5000};
  std::uint64_t lingerBytes = 67108864;
  std::size_t maxLingering = 256;
  /// Beyond this, new connections get 503.
  std::size_t maxConnections = 1024;
  /// Called on any thread, concurrently. Must not throw.
  std::function<void(const RefusalNotice&)> onRefused;
};

}  // namespace mediadock::http::guard
