#pragma once

/// \file
/// Connections to one database, and transactions on them.

#include "records/sql_dialect.h"

#include <Poco/Data/Session.h>

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace mediadock {

/// Hands each transaction a connection of its own, since a connection belongs to one thread at a
/// time. All calls may run concurrently. Failures of the database are `StorageError`s (see
/// `toStorageError`).
class SqlDatabase {
 public:
  using Work = std::function<void(Poco::Data::Session&)>;

  explicit SqlDatabase(std::unique_ptr<ISqlDialect> dialect);

  /// Runs `work`, which sends one statement that only reads.
  void read(const Work& work);

  /// Runs `work` in one transaction: all of it is kept, or, where it throws, nothing.
  void write(const Work& work);

  const ISqlDialect& dialect() const noexcept { return *dialect_; }

 private:
  class Lease;

  std::unique_ptr<ISqlDialect> dialect_;
  /// Guards `idle_`.
  std::mutex idleMutex_;
  std::vector<Poco::Data::Session> idle_;
  /// Held during a write where the dialect has a single writer.
  std::mutex writerMutex_;
};

}  // namespace mediadock
