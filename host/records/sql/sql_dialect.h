#pragma once

/// \file
/// What differs between databases.

#include <Poco/Data/Session.h>
#include <Poco/Exception.h>

#include <chrono>
#include <string_view>

namespace mediadock {

/// What a database meant by an exception of its driver.
enum class SqlFailure {
  UniqueViolation,  ///< A row with this key stands already.
  Unavailable,      ///< Not reachable, or locked by somebody: later it may work.
  Full,             ///< No room for what was to be written.
  Broken,           ///< The statement or the database is bad; repeating changes nothing.
};

/// One kind of database. Safe to use from any thread.
class ISqlDialect {
 public:
  virtual ~ISqlDialect() = default;

  /// Opens a connection, ready for use. Throws what the driver throws.
  virtual Poco::Data::Session open() const = 0;

  /// How long each statement on a connection waits for locks that others hold.
  virtual void setPatience(Poco::Data::Session& session,
                           std::chrono::milliseconds patience) const = 0;

  /// Gives up what is kept for the day when the disk is full. Returns false where nothing is.
  virtual bool giveUpReserve() noexcept { return false; }

  /// Sets it aside again where it is gone and the disk has room for it.
  virtual void takeReserve() noexcept {}

  virtual SqlFailure classify(const Poco::Exception& failure) const = 0;

  /// The statement that starts a transaction which will write.
  virtual std::string_view beginWrite() const noexcept = 0;

  /// Whether the database lets one writer in at a time; the host then queues its own writers,
  /// which is fair, where the database would let them poll.
  virtual bool hasSingleWriter() const noexcept = 0;

  /// The column type of text that is compared byte by byte.
  virtual std::string_view byteOrderedText() const noexcept = 0;
};

}  // namespace mediadock
