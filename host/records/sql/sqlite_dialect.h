#pragma once

/// \file
/// SQLite, a database in one file.

#include "records/sql/disk_reserve.h"
#include "records/sql/sql_dialect.h"

#include <filesystem>
#include <string>

namespace mediadock::records {

/// Runs in WAL mode, so that readers never wait for the writer.
///
/// `synchronous=FULL` on purpose: with `NORMAL` a power failure may lose the last commits, and
/// losing a pending record whose file has become visible leaves a file that no record knows of. It
/// costs one fsync per commit.
///
/// `FILE-reserve` next to FILE holds space for transactions that free space on a full disk: it is
/// given to the journal, which every transaction is written to first.
class SqliteDialect final : public ISqlDialect {
 public:
  /// Creates the folder of `file` if it is missing.
  /// \throws StorageError `Unavailable` if it cannot be created.
  explicit SqliteDialect(const std::filesystem::path& file);

  Poco::Data::Session open() const override;
  void setLockTimeout(Poco::Data::Session& session,
                      std::chrono::milliseconds timeout) const override;
  bool giveUpReserve() noexcept override;
  void takeReserve() noexcept override;
  SqlFailure classify(const Poco::Exception& failure) const override;
  std::string_view beginWrite() const noexcept override;
  bool hasSingleWriter() const noexcept override;
  std::string_view byteOrderedText() const noexcept override;

 private:
  std::string file_;
  DiskReserve reserve_;
};

}  // namespace mediadock::records
