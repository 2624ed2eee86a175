#pragma once

/// \file
/// Limits on the unfinished uploads of one owner.

#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <string>

namespace mediadock::media {

/// Per owner: a caller, or an address if the caller is unknown.
struct UnfinishedLimits {
  std::size_t uploads = 1000;
  /// Bytes received so far, wherever they are stored.
  std::uint64_t bytes = 68719476736;
};

/// An owner has reached a limit. The message is for the client.
class UnfinishedLimitReached final : public std::exception {
 public:
  enum class Limit {
    Uploads,      ///< Too many at a time.
    Bytes,        ///< Too many bytes at a time.
    UploadBytes,  ///< This one alone exceeds the limit.
  };

  UnfinishedLimitReached(Limit limit, std::uint64_t value);

  Limit limit() const noexcept { return limit_; }

  const char* what() const noexcept override { return message_.c_str(); }

 private:
  Limit limit_;
  std::string message_;
};

/// Bytes being written by requests of this process that are not yet counted in the database. All
/// calls may run concurrently.
class UncountedBytes {
 public:
  /// One writer's uncounted bytes, until they are counted or the object is destroyed. Not
  /// thread-safe; must not outlive the sum.
  class Share {
   public:
    Share(UncountedBytes& sum, std::string owner) : sum_(sum), owner_(std::move(owner)) {}

    ~Share() { giveBack(); }

    Share(const Share&) = delete;
    Share& operator=(const Share&) = delete;

    /// Returns the owner's total over all shares.
    std::uint64_t add(std::uint64_t bytes);

    /// The bytes are counted in the database now.
    void giveBack() noexcept;

   private:
    UncountedBytes& sum_;
    const std::string owner_;
    std::uint64_t bytes_ = 0;
  };

 private:
  std::mutex mutex_;
  /// Guarded by mutex_: by owner; an owner with 0 has no entry.
  std::map<std::string, std::uint64_t> sums_;
};

}  // namespace mediadock::media
