#pragma once

/// \file
/// SQLite, a database in one file.

#include "records/sql/disk_reserve.h"
#include "records/sql/sql_dialect.h"

#include <filesystem>
#include <string>

namespace mediadock {

/// Runs in WAL mode, so that readers never wait for the writer.
///
/// `synchronous=FULL` on purpose: with `NORMAL` a power failure may take back the last commits,
/// and a pending record that is taken back after its file became visible leaves a file that no
/// record knows of. It costs one fsync for each commit.
///
/// Beside FILE stands `FILE-reserve`, for transactions that make room on a full disk: the bytes go
/// over to the journal, which every transaction has to be written to first.
class SqliteDialect final : public ISqlDialect {
 public:
  /// Makes the folder of `file` where it is missing.
  /// \throws StorageError `Unavailable` where it cannot be made.
  explicit SqliteDialect(const std::filesystem::path& file);

  Poco::Data::Session open() const override;
  void setPatience(Poco::Data::Session& session, std::chrono::milliseconds patience) const override;
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

}  // namespace mediadock
