#include "faults/fault_injector.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <condition_variable>
#include <stop_token>

namespace mediadock::localdisk {
namespace {

constexpr std::array<std::string_view, 16> kOperations = {
    "check",         "stat", "list", "openRead", "openWrite", "resumeWrite", "dropWrite", "remove",
    "makeDirectory", "copy", "move", "quota",    "read",      "write",       "suspend",   "commit"};

[[noreturn]] void refuse(std::string_view key, std::string_view rule, const std::string& why) {
  throw StorageError(StorageErrc::ConfigInvalid,
                     "setting '" + std::string(key) + "': '" + std::string(rule) + "': " + why);
}

/// Removes and returns everything before `separator`, or all.
std::string_view takeUntil(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<StorageErrc> parseCode(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(StorageErrc::Internal); ++i) {
    if (toString(static_cast<StorageErrc>(i)) == name) {
      return static_cast<StorageErrc>(i);
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> parseNumber(std::string_view text) {
  std::uint64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end && number > 0 ? std::optional(number) : std::nullopt;
}

FaultRule parseRule(std::string_view key, std::string_view rule) {
  auto rest = rule;
  const auto operation = takeUntil(rest, ':');
  const auto number = takeUntil(rest, ':');
  if (std::find(kOperations.begin(), kOperations.end(), operation) == kOperations.end()) {
    refuse(key, rule, "it must start with an operation such as openRead and a colon");
  }
  const auto parsedNumber = parseNumber(number);
  if (number != "*" && !parsedNumber) {
    refuse(key, rule, "its second part must be a number from 1, or *");
  }
  const auto code = parseCode(rest);
  if (!code) {
    refuse(key, rule, "its third part must be an error code such as unavailable");
  }
  return {.operation = std::string(operation), .number = parsedNumber, .code = *code};
}

}  // namespace

std::vector<FaultRule> parseFaultRules(std::string_view key, std::string_view text) {
  std::vector<FaultRule> rules;
  // A trailing comma counts as an empty rule.
  for (bool isMore = !text.empty(); isMore;) {
    isMore = text.find(',') != std::string_view::npos;
    rules.push_back(parseRule(key, takeUntil(text, ',')));
  }
  return rules;
}

void FaultInjector::begin(const Call& call) {
  call.checkpoint();
  // Counted on arrival, so that "the third call" does not depend on which waits longest.
  const auto number = count(call.operation());
  wait(call);
  for (const auto& rule : settings_.rules) {
    if (rule.operation == call.operation() && rule.number.value_or(number) == number) {
      call.fail(rule.code, "injected fault");
    }
  }
}

void FaultInjector::wait(const Call& call) const {
  if (settings_.latency.count() == 0) {
    return;
  }
  std::mutex mutex;
  std::condition_variable woken;
  const auto wake = [&] {
    const std::lock_guard lock(mutex);
    woken.notify_all();
  };
  // Before locking: a callback runs immediately if the stop was already requested.
  const std::stop_callback onCancel(call.context().cancellation, wake);
  const std::stop_callback onShutdown(call.shutdown(), wake);
  const auto end = std::min(CallContext::Clock::now() + settings_.latency, call.context().deadline);
  {
    std::unique_lock lock(mutex);
    woken.wait_until(lock, end, [&] {
      return call.context().cancellation.stop_requested() || call.shutdown().stop_requested();
    });
  }
  call.checkpoint();
}

std::uint64_t FaultInjector::count(const std::string& operation) {
  const std::lock_guard lock(mutex_);
  return ++counts_[operation];
}

}  // namespace mediadock::localdisk
