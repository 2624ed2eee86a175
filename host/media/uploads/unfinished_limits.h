#pragma once

/// \file
/// How much of unfinished uploads one owner may have.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <string>

namespace mediadock {

/// For each owner: a caller, or an address where the caller is not known.
struct UnfinishedLimits {
  std::size_t uploads = 1000;
  /// Bytes that have come, wherever they wait.
  std::uint64_t bytes = 68719476736;
};

/// An owner has as much as it may have. The message is for the caller.
class UnfinishedLimitReached final : public std::exception {
 public:
  enum class Limit {
    Uploads,      ///< Too many at a time.
    Bytes,        ///< Too many bytes at a time.
    UploadBytes,  ///< This one alone can never fit.
  };

  UnfinishedLimitReached(Limit limit, std::uint64_t value);

  Limit limit() const noexcept { return limit_; }

  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Limit limit_;
  std::string message_;
};

/// Bytes that requests of this process are writing and that no row of the database counts yet. All
/// calls may run concurrently.
class UncountedBytes {
 public:
  /// What one writer adds for its owner, until it is counted or the object is gone. Belongs to one
  /// thread, and must not outlive the sum.
  class Share {
   public:
    Share(UncountedBytes& sum, std::string owner) : sum_(sum), owner_(std::move(owner)) {}

    ~Share() { giveBack(); }

    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    /// Returns what the owner has in all shares.
    std::uint64_t add(std::uint64_t bytes);

    /// They are counted elsewhere now.
    void giveBack() noexcept;

   private:
    UncountedBytes& sum_;
    const std::string owner_;
    std::uint64_t bytes_ = 0;
  };

 private:
  std::mutex mutex_;
  /// Guarded by mutex_: by owner; nobody has an entry of 0.
  std::map<std::string, std::uint64_t> sums_;
};

}  // namespace mediadock
