#pragma once

/// \file
/// How much, how many and how long the guard lets a client have.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace mediadock::guard {

/// What a head may hold.
struct HeadLimits {
  std::size_t headBytes = 32768;
  std::size_t methodBytes = 32;
  std::size_t targetBytes = 16384;
  std::size_t fields = 100;
  std::size_t nameBytes = 256;
  std::size_t valueBytes = 8192;
};

/// How long one direction of a connection may take. Only time that was spent waiting for the client
/// counts: a slow storage is not the client's fault.
struct TransferPatience {
  /// No byte for this long ends the connection.
  std::chrono::milliseconds stall{30000};
  /// After having waited this long in all, the client must have kept up `bytesPerSecond`.
  std::chrono::milliseconds grace{10000};
  std::uint64_t bytesPerSecond = 512;
};

/// A request that was turned away, for log and metrics.
struct RefusalNotice {
  int status;
  std::string_view detail;
  std::string_view requestId;
  /// `host:port` of the client.
  const std::string& peer;
};

struct GuardSettings {
  HeadLimits head;
  /// What a head may take in all from its first byte; also how long a new connection may be silent.
  std::chrono::milliseconds headTimeout{10000};
  /// How long a connection may be silent between two requests.
  std::chrono::milliseconds idleTimeout{60000};
  /// How long a silent connection keeps its thread, before it is parked.
  std::chrono::milliseconds threadPatience{20};
  TransferPatience receiving;
  TransferPatience sending;
  /// What of an unread body is read away to keep the connection, and how long that may take.
  std::size_t drainBytes = 65536;
  std::chrono::milliseconds drainTimeout{2000};
  /// How long, how much and on how many connections the guard listens on after the last answer, so
  /// that a client that is still sending gets to read it.
  std::chrono::milliseconds lingerTimeout{5000};
  std::uint64_t lingerBytes = 67108864;
  std::size_t maxLingering = 256;
  /// Beyond it a new connection is answered 503.
  std::size_t maxConnections = 1024;
  /// Called on whatever thread refuses, so several at once. Must not throw.
  std::function<void(const RefusalNotice&)> onRefused;
};

}  // namespace mediadock::guard
