#pragma once

/// \file
/// The differences between databases.

#include <Poco/Data/Session.h>
#include <Poco/Exception.h>

#include <chrono>
#include <string_view>

namespace mediadock::records {

/// The meaning of a driver's exception.
enum class SqlFailure {
  UniqueViolation,  ///< A row with this key already exists.
  Unavailable,      ///< Not reachable, or locked: may work later.
  Full,             ///< No space for the write.
  Broken,           ///< The statement or the database is bad; a retry does not help.
};

/// One kind of database. Thread-safe.
class ISqlDialect {
 public:
  virtual ~ISqlDialect() = default;

  /// Opens a connection, ready for use. Throws what the driver throws.
  virtual Poco::Data::Session open() const = 0;

  /// Limits how long each statement on a connection waits for locks that others hold.
  virtual void setLockTimeout(Poco::Data::Session& session,
                              std::chrono::milliseconds timeout) const = 0;

  /// Releases the space reserved for a full disk. Returns false if there is none.
  virtual bool giveUpReserve() noexcept { return false; }

  /// Reserves it again if it is missing and the disk has space for it.
  virtual void takeReserve() noexcept {}

  virtual SqlFailure classify(const Poco::Exception& failure) const = 0;

  /// The statement that starts a transaction which will write.
  virtual std::string_view beginWrite() const noexcept = 0;

  /// Whether the database allows only one writer at a time; the host then queues its own writers,
  /// which is fair, while the database would let them poll.
  virtual bool hasSingleWriter() const noexcept = 0;

  /// The column type of text that is compared bytewise.
  virtual std::string_view byteOrderedText() const noexcept = 0;
};

}  // namespace mediadock::records
