#include "records/sql/sql_database.h"

#include "mediadock/storage_error.h"
#include "records/sql/sql_error.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace mediadock::records {
namespace {

/// Maximum number of idle connections kept open.
constexpr std::size_t kMaxIdle = 8;

void execute(Poco::Data::Session& session, std::string_view sql) {
  Poco::Data::Statement statement(session);
  statement << std::string(sql);
  statement.execute();
}

[[noreturn]] void failBusy() {
  throw StorageError({.code = StorageErrc::Unavailable,
                      .message = "records database: others write for too long",
                      .retry = Retry::AfterDelay});
}

/// Rolls back on destruction unless `commit` was called.
class Transaction {
 public:
  /// \pre A transaction has been started.
  explicit Transaction(Poco::Data::Session& session) : session_(session) {}

  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  ~Transaction() {
    if (isOpen_) {
      try {
        execute(session_, "ROLLBACK");
      } catch (const Poco::Exception&) {
        // A connection that cannot roll back is not reused; closing it rolls back, too.
        session_.close();
      }
    }
  }

  void commit() {
    execute(session_, "COMMIT");
    isOpen_ = false;
  }

 private:
  Poco::Data::Session& session_;
  bool isOpen_ = true;
};

}  // namespace

/// A connection for one transaction: an idle or a new one. It is returned at the end, unless it was
/// closed.
class SqlDatabase::Lease {
 public:
  explicit Lease(SqlDatabase& database) : database_(database), session_(take(database)) {}

  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  ~Lease() {
    if (session_.isConnected()) {
      const std::lock_guard lock(database_.idleMutex_);
      if (database_.idle_.size() < kMaxIdle) {
        database_.idle_.push_back(session_);
      }
    }
  }

  Poco::Data::Session& session() noexcept { return session_; }

 private:
  static Poco::Data::Session take(SqlDatabase& database) {
    {
      const std::lock_guard lock(database.idleMutex_);
      if (!database.idle_.empty()) {
        auto session = std::move(database.idle_.back());
        database.idle_.pop_back();
        return session;
      }
    }
    auto session = open(*database.dialect_);
    database.dialect_->setLockTimeout(session, database.timeout_);
    return session;
  }

  /// Also works if the disk is full.
  static Poco::Data::Session open(ISqlDialect& dialect) {
    try {
      return dialect.open();
    } catch (const Poco::Exception& failure) {
      if (dialect.classify(failure) != SqlFailure::Full || !dialect.giveUpReserve()) {
        throw;
      }
    }
    return dialect.open();
  }

  SqlDatabase& database_;
  Poco::Data::Session session_;
};

/// A turn among the writers of this process. Time spent waiting for it is deducted from the time
/// left to wait for other processes.
class SqlDatabase::Turn {
 public:
  explicit Turn(SqlDatabase& database) : database_(database) {
    if (!database.dialect_->hasSingleWriter()) {
      return;
    }
    const auto end = std::chrono::steady_clock::now() + database.timeout_;
    std::unique_lock lock(database.writerMutex_);
    if (database.isWriting_) {
      if (!database.writerLeft_.wait_until(lock, end, [&] { return !database.isWriting_; })) {
        failBusy();
      }
      left_ = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    }
    isOurs_ = database.isWriting_ = true;
  }

  ~Turn() {
    if (isOurs_) {
      const std::lock_guard lock(database_.writerMutex_);
      database_.isWriting_ = false;
      database_.writerLeft_.notify_one();
    }
  }

  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  /// Begins a transaction within the time that is left.
  void begin(Poco::Data::Session& session) const {
    const auto& dialect = *database_.dialect_;
    // Skipped for short waits, as between writers that all make progress.
    const bool isShort = left_ && *left_ < database_.timeout_ * 3 / 4;
    if (isShort) {
      dialect.setLockTimeout(session, std::max(*left_, std::chrono::milliseconds(1)));
    }
    try {
      execute(session, dialect.beginWrite());
    } catch (const Poco::Exception&) {
      if (isShort) {
        session.close();
      }
      throw;
    }
    if (isShort) {
      dialect.setLockTimeout(session, database_.timeout_);
    }
  }

 private:
  SqlDatabase& database_;
  bool isOurs_ = false;
  std::optional<std::chrono::milliseconds> left_;
};

SqlDatabase::SqlDatabase(std::unique_ptr<ISqlDialect> dialect, std::chrono::milliseconds timeout)
    : dialect_(std::move(dialect)),
      timeout_(timeout) {
  idle_.reserve(kMaxIdle);
  dialect_->takeReserve();
}

void SqlDatabase::read(const Work& work) {
  try {
    Lease lease(*this);
    work(lease.session());
  } catch (const Poco::Exception& failure) {
    throw toStorageError(failure, *dialect_);
  }
}

void SqlDatabase::write(const Work& work) {
  try {
    transact(work);
  } catch (const Poco::Exception& failure) {
    throw toStorageError(failure, *dialect_);
  }
}

void SqlDatabase::makeRoom(const Work& work) {
  try {
    try {
      transact(work);
    } catch (const Poco::Exception& failure) {
      if (dialect_->classify(failure) != SqlFailure::Full || !dialect_->giveUpReserve()) {
        throw;
      }
      transact(work);
    }
  } catch (const Poco::Exception& failure) {
    throw toStorageError(failure, *dialect_);
  }
  dialect_->takeReserve();
}

void SqlDatabase::transact(const Work& work) {
  const Turn turn(*this);
  Lease lease(*this);
  turn.begin(lease.session());
  Transaction transaction(lease.session());
  work(lease.session());
  transaction.commit();
}

}  // namespace mediadock::records
