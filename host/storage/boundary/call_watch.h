#pragma once

/// \file
/// Notices calls into plugins that do not return.
///
/// Each thread that calls plugins has a place in which it notes its call: two uncontended locks and
/// a look at the clock, no system call and no allocation. A thread of the watch looks at all of
/// them twice a second. A call that has outlived its time is logged once and counted as lost, and
/// the work of its thread is given up in its place. Nothing can end such a thread but the end of
/// the process; should the call return after all, it is no longer counted.

#include <chrono>
#include <cstddef>
#include <string>

namespace mediadock {

struct PluginCall;

/// How much longer than its deadline a call may take before it counts as lost.
inline constexpr std::chrono::seconds kCallGrace{3};

/// How many calls may be lost at one time. More calls are not begun: they fail with `Unavailable`.
inline constexpr std::size_t kMostLostCalls = 32;

/// A call that does not return.
struct LostCall {
  std::string plugin;
  std::string operation;
  std::string path;
  std::chrono::seconds age{0};

  /// Such as: plugin 'x' has not returned from openRead of 'a/b' for 33 s
  std::string str() const;
};

/// What is to be done for a thread that a plugin does not give back.
class ILostCallHandler {
 public:
  virtual ~ILostCallHandler() = default;

  /// Called at most once, on a thread of the watch, while the handler's own thread is in the call
  /// or waits at its end. Must neither wait nor call a plugin.
  virtual void onLostCall(const LostCall& call) noexcept = 0;
};

/// Makes `handler` the one for the calls of this thread as long as it lives. Those within another
/// one come first.
class LostCallScope {
 public:
  explicit LostCallScope(ILostCallHandler& handler);
  ~LostCallScope();

  LostCallScope(const LostCallScope&) = delete;
  LostCallScope& operator=(const LostCallScope&) = delete;

 private:
  ILostCallHandler* outer_;
};

/// A call into a plugin, from just before it to its end, on the stack of its thread.
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

/// \throws StorageError `Unavailable` where too many calls are lost for another one to begin.
void requireFewLostCalls(const PluginCall& call);

/// How many calls are lost now. These functions may be called concurrently.
std::size_t lostCalls();

/// Makes fewer lost calls than `kMostLostCalls` the limit, at least 1.
void limitLostCalls(std::size_t most);

/// Counts every call that is still running as lost, whatever time it has left.
void giveUpCalls();

}  // namespace mediadock
