#include "mediadock/storage_error.h"

#include <array>
#include <utility>

namespace mediadock {
namespace {

constexpr std::array<std::string_view, 29> kCodeNames{"not_found",
                                                      "already_exists",
                                                      "not_a_directory",
                                                      "is_a_directory",
                                                      "directory_not_empty",
                                                      "invalid_path",
                                                      "invalid_argument",
                                                      "unsupported",
                                                      "unauthenticated",
                                                      "permission_denied",
                                                      "precondition_failed",
                                                      "not_modified",
                                                      "range_not_satisfiable",
                                                      "locked",
                                                      "conflict",
                                                      "insufficient_storage",
                                                      "payload_too_large",
                                                      "rejected_content",
                                                      "rate_limited",
                                                      "unavailable",
                                                      "timeout",
                                                      "cancelled",
                                                      "connection",
                                                      "tls",
                                                      "protocol",
                                                      "truncated",
                                                      "checksum_mismatch",
                                                      "config_invalid",
                                                      "internal"};

static_assert(kCodeNames.size() == static_cast<std::size_t>(StorageErrc::Internal) + 1);

constexpr std::array<std::string_view, 4> kRetryNames{"never", "safe", "after_delay",
                                                      "outcome_unknown"};

static_assert(kRetryNames.size() == static_cast<std::size_t>(Retry::OutcomeUnknown) + 1);

}  // namespace

std::string_view toString(StorageErrc code) noexcept {
  return kCodeNames[static_cast<std::size_t>(code)];
}

std::string_view toString(Retry retry) noexcept {
  return kRetryNames[static_cast<std::size_t>(retry)];
}

StorageError::StorageError(StorageFailure failure)
    : failure_(std::make_shared<const StorageFailure>(std::move(failure))) {}

StorageError::StorageError(StorageErrc code, std::string message)
    : StorageError(StorageFailure{.code = code, .message = std::move(message)}) {}

StorageError::StorageError(const StorageError&) noexcept = default;
StorageError& StorageError::operator=(const StorageError&) noexcept = default;
StorageError::~StorageError() = default;

const char* StorageError::what() const noexcept {
  return failure_->message.c_str();
}

}  // namespace mediadock
