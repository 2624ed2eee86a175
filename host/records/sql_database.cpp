#include "records/sql_database.h"

#include "records/sql_error.h"

#include <cstddef>
#include <string_view>
#include <utility>

namespace mediadock {
namespace {

/// Connections kept open while nobody needs them.
constexpr std::size_t kMaxIdle = 8;

void execute(Poco::Data::Session& session, std::string_view sql) {
  Poco::Data::Statement statement(session);
  statement << std::string(sql);
  statement.execute();
}

/// Rolls back on the way out, unless `commit` was reached.
class Transaction {
 public:
  Transaction(Poco::Data::Session& session, std::string_view begin) : session_(session) {
    execute(session_, begin);
  }

  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  ~Transaction() {
    if (isOpen_) {
      try {
        execute(session_, "ROLLBACK");
      } catch (const Poco::Exception&) {
        // A connection that cannot roll back is not used again; closing it does the same.
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

/// A connection for one transaction: an idle one, or a new one. It goes back at the end, unless it
/// was closed.
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
    return database.dialect_->open();
  }

  SqlDatabase& database_;
  Poco::Data::Session session_;
};

SqlDatabase::SqlDatabase(std::unique_ptr<ISqlDialect> dialect) : dialect_(std::move(dialect)) {
  idle_.reserve(kMaxIdle);
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
  std::unique_lock writer(writerMutex_, std::defer_lock);
  if (dialect_->hasSingleWriter()) {
    writer.lock();
  }
  try {
    Lease lease(*this);
    Transaction transaction(lease.session(), dialect_->beginWrite());
    work(lease.session());
    transaction.commit();
  } catch (const Poco::Exception& failure) {
    throw toStorageError(failure, *dialect_);
  }
}

}  // namespace mediadock
