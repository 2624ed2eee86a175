#include "storage/boundary/plugin_call.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cxxabi.h>
#include <exception>
#include <memory>
#include <typeinfo>

namespace mediadock::storage {
namespace {

/// Longer than any real storage asks a caller to wait.
constexpr std::chrono::hours kLongestRetryAfter{24};

/// The C++ type name of the current exception.
std::string currentType() {
  const std::type_info* type = abi::__cxa_current_exception_type();
  if (type == nullptr) {
    return "an exception of another language";
  }
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(type->name(), nullptr, nullptr, &status), &std::free);
  return name ? name.get() : type->name();
}

std::string textOf(const char* text) {
  return text == nullptr ? std::string() : std::string(text).substr(0, kMostMessageBytes);
}

bool isCode(StorageErrc code) {
  return code >= StorageErrc::NotFound && code <= StorageErrc::Internal;
}

bool isAdvice(Retry retry) {
  return retry >= Retry::Never && retry <= Retry::OutcomeUnknown;
}

/// The storage's failure with implausible values corrected.
StorageFailure bounded(StorageFailure failure, const PluginCall& call) {
  failure.message.resize(std::min(failure.message.size(), kMostMessageBytes));
  failure.code = isCode(failure.code) ? failure.code : StorageErrc::Internal;
  failure.retry = isAdvice(failure.retry) ? failure.retry : Retry::Never;
  if (failure.retryAfter &&
      (*failure.retryAfter < std::chrono::seconds(0) || *failure.retryAfter > kLongestRetryAfter)) {
    failure.retryAfter.reset();
  }
  if (failure.operation.empty() || failure.operation.size() > StoragePath::kMaxNameBytes) {
    failure.operation = call.operation;
  }
  if (failure.path.empty() || failure.path.size() > StoragePath::kMaxPathBytes) {
    failure.path = call.path.str();
  }
  return failure;
}

}  // namespace

StorageError pluginFault(const PluginCall& call, const std::string& what, StorageErrc code,
                         Retry retry) {
  return StorageError({.code = code,
                       .message = "plugin '" + std::string(call.plugin) + "' failed in " +
                                  call.operation + " of '" + call.path.str() + "': " + what,
                       .retry = retry,
                       .operation = call.operation,
                       .path = call.path.str()});
}

StorageError currentFailure(const PluginCall& call) {
  try {
    throw;
  } catch (const StorageError& error) {
    auto failure = bounded(error.failure(), call);
    return failure.code == StorageErrc::Internal
               ? pluginFault(call, "StorageError: " + failure.message, failure.code, failure.retry)
               : StorageError(std::move(failure));
  } catch (const std::exception& error) {
    return pluginFault(call, currentType() + ": " + textOf(error.what()));
  } catch (...) {
    return pluginFault(call, "it threw " + currentType() + ", which is no exception");
  }
}

}  // namespace mediadock::storage
