#pragma once

/// \file
/// Connections to one database, and transactions on them.

#include "records/sql/sql_dialect.h"

#include <Poco/Data/Session.h>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace mediadock::records {

/// Gives each transaction a connection of its own, since a connection is not thread-safe. All calls
/// may run concurrently. Database errors are `StorageError`s (see `toStorageError`).
class SqlDatabase {
 public:
  using Work = std::function<void(Poco::Data::Session&)>;

  /// How long a transaction waits in total for others, of this process or another.
  static constexpr std::chrono::milliseconds kTimeout{5000};

  explicit SqlDatabase(std::unique_ptr<ISqlDialect> dialect,
                       std::chrono::milliseconds timeout = kTimeout);

  /// Runs `work`, which executes one statement that only reads.
  void read(const Work& work);

  /// Runs `work` in one transaction: committed as a whole, or rolled back if it throws.
  void write(const Work& work);

  /// As `write`, for work that frees space: also works if the disk is full. May run `work` twice.
  void makeRoom(const Work& work);

  const ISqlDialect& dialect() const noexcept { return *dialect_; }

 private:
  class Lease;
  class Turn;

  void transact(const Work& work);

  std::unique_ptr<ISqlDialect> dialect_;
  const std::chrono::milliseconds timeout_;
  /// Guards `idle_`.
  std::mutex idleMutex_;
  std::vector<Poco::Data::Session> idle_;
  /// Guards `isWriting_`. Not a `std::timed_mutex` held for the whole write: g++ 12's
  /// ThreadSanitizer does not intercept the timed lock.
  std::mutex writerMutex_;
  std::condition_variable writerLeft_;
  /// Whether a write is in progress; only used if the dialect has a single writer.
  bool isWriting_ = false;
};

}  // namespace mediadock::records
