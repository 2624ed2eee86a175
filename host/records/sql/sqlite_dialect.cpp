#include "records/sql/sqlite_dialect.h"

#include "mediadock/storage_error.h"

#include <Poco/AutoPtr.h>
#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/SQLite/SessionImpl.h>

#include <sys/stat.h>
#include <system_error>

namespace mediadock::records {
namespace {

namespace sqlite = Poco::Data::SQLite;

/// How long the statements that set up a connection wait for other processes.
constexpr std::chrono::seconds kOpenTimeout{5};

/// How long Poco retries a failing open; its default is a minute.
constexpr std::size_t kOpenTimeoutSeconds = 1;

std::filesystem::path prepareFolder(const std::filesystem::path& file) {
  // Absolute, because SQLite reads a name that starts with "file:" as a URI.
  std::error_code error;
  auto absolute = std::filesystem::absolute(file, error);
  if (!error) {
    std::filesystem::create_directories(absolute.parent_path(), error);
  }
  if (error) {
    throw StorageError({.code = StorageErrc::Unavailable,
                        .message = "cannot make the folder of the records database '" +
                                   file.string() + "': " + error.message(),
                        .retry = Retry::AfterDelay});
  }
  return absolute;
}

void executePragma(Poco::Data::Session& session, const std::string& sql) {
  Poco::Data::Statement statement(session);
  statement << sql;
  statement.execute();
}

/// Makes the database file accessible only to its owner, also an existing one of an older host; its
/// journals inherit its mode. Does not open the file: closing it again would release SQLite's own
/// locks in this process (fcntl(2)). Errors here recur, with a message, when SQLite opens the file.
void makePrivate(const std::filesystem::path& file) {
  constexpr mode_t kOwner = 0600;
  constexpr mode_t kOthers = 0007;
  if (::mknod(file.c_str(), S_IFREG | kOwner, 0) == 0) {
    return;
  }

  struct stat status {};

  if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
      (status.st_mode & kOthers) != 0) {
    ::chmod(file.c_str(), status.st_mode & ~kOthers & 07777);
  }
}

template <typename... Exceptions>
bool isAnyOf(const Poco::Exception& failure) {
  return ((dynamic_cast<const Exceptions*>(&failure) != nullptr) || ...);
}

}  // namespace

SqliteDialect::SqliteDialect(const std::filesystem::path& file)
    : file_(prepareFolder(file).string()),
      reserve_(file_ + "-reserve") {
  makePrivate(file_);
}

Poco::Data::Session SqliteDialect::open() const {
  Poco::Data::Session session(
      Poco::AutoPtr<Poco::Data::SessionImpl>(new sqlite::SessionImpl(file_, kOpenTimeoutSeconds)));
  setLockTimeout(session, kOpenTimeout);
  // Temporary tables and statement journals in memory: on a full disk they have no other place.
  for (const char* pragma :
       {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA temp_store=MEMORY"}) {
    executePragma(session, pragma);
  }
  return session;
}

void SqliteDialect::setLockTimeout(Poco::Data::Session& session,
                                   std::chrono::milliseconds timeout) const {
  executePragma(session, "PRAGMA busy_timeout=" + std::to_string(timeout.count()));
}

bool SqliteDialect::giveUpReserve() noexcept {
  return reserve_.giveTo(file_ + "-wal");
}

void SqliteDialect::takeReserve() noexcept {
  reserve_.take();
}

SqlFailure SqliteDialect::classify(const Poco::Exception& failure) const {
  if (isAnyOf<sqlite::ConstraintViolationException>(failure)) {
    const bool isUnique = failure.message().find("UNIQUE") != std::string::npos;
    return isUnique ? SqlFailure::UniqueViolation : SqlFailure::Broken;
  }
  // If the journal's index cannot be extended, SQLite reports only an I/O error.
  if (isAnyOf<sqlite::DatabaseFullException, sqlite::IOErrorException>(failure)) {
    return SqlFailure::Full;
  }
  const bool mayPass =
      isAnyOf<sqlite::DBLockedException, sqlite::TableLockedException,
              sqlite::CantOpenDBFileException, sqlite::ReadOnlyException,
              sqlite::DBAccessDeniedException, sqlite::LockProtocolException,
              Poco::Data::ConnectionFailedException, Poco::Data::NotConnectedException>(failure);
  return mayPass ? SqlFailure::Unavailable : SqlFailure::Broken;
}

std::string_view SqliteDialect::beginWrite() const noexcept {
  // A deferred transaction that becomes a writer late fails at once if another writer committed in
  // between; this one waits for its turn.
  return "BEGIN IMMEDIATE";
}

bool SqliteDialect::hasSingleWriter() const noexcept {
  return true;
}

std::string_view SqliteDialect::byteOrderedText() const noexcept {
  return "TEXT COLLATE BINARY";
}

}  // namespace mediadock::records
