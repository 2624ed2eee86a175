#pragma once

/// \file
/// Detects calls into plugins that do not return.
///
/// Each thread that calls plugins has a slot in which it records its call: two uncontended locks
/// and one clock read, no system call and no allocation. A watch thread examines all slots twice a
/// second. A call that has exceeded its time is logged once and counted as lost, and its thread's
/// lost-call handler is notified in its place. Only the end of the process can end such a thread;
/// if the call returns after all, it is no longer counted.

#include <chrono>
#include <cstddef>
#include <string>

namespace mediadock::storage {

struct PluginCall;

/// How far a call may exceed its deadline before it counts as lost.
inline constexpr std::chrono::seconds kCallGrace{3};

/// How many calls may be lost at one time. Beyond that, no calls are started: they fail with
/// `Unavailable`.
inline constexpr std::size_t kMostLostCalls = 32;

/// A call that does not return.
struct LostCall {
  std::string plugin;
  std::string operation;
  std::string path;
  std::chrono::seconds age{0};

  /// For example: plugin 'x' has not returned from openRead of 'a/b' for 33 s
  std::string str() const;
};

/// Acts on behalf of a thread whose plugin call does not return.
class ILostCallHandler {
 public:
  virtual ~ILostCallHandler() = default;

  /// Called at most once, on a watch thread, while the handler's own thread is in the call or waits
  /// at its end. Must neither wait nor call a plugin.
  virtual void onLostCall(const LostCall& call) noexcept = 0;
};

/// Installs `handler` for the calls of this thread during its lifetime. The innermost scope
/// applies.
class LostCallScope {
 public:
  explicit LostCallScope(ILostCallHandler& handler);
  ~LostCallScope();

  LostCallScope(const LostCallScope&) = delete;
  LostCallScope& operator=(const LostCallScope&) = delete;

 private:
  ILostCallHandler* outer_;
};

/// Registers a call into a plugin from just before it to its end. Lives on the stack of the calling
/// thread.
class WatchedCall {
 public:
  /// Borrows `call` for its lifetime.
  explicit WatchedCall(const PluginCall& call);
  ~WatchedCall();

  WatchedCall(const WatchedCall&) = delete;
  WatchedCall& operator=(const WatchedCall&) = delete;

 private:
  const PluginCall* outer_;
  std::chrono::steady_clock::time_point outerStart_;
};

/// \throws StorageError `Unavailable` if too many calls are lost to start another one.
void requireFewLostCalls(const PluginCall& call);

/// The number of calls that are lost now. These functions may be called concurrently.
std::size_t lostCalls();

/// Lowers the limit on lost calls below `kMostLostCalls`, to at least 1.
void limitLostCalls(std::size_t most);

/// Counts every running call as lost, whatever time it has left.
void giveUpCalls();

}  // namespace mediadock::storage
