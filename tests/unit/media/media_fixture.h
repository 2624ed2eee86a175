#pragma once

/// \file
/// A media service on a storage in memory and records in a SQLite file.

#include "media/media_service.h"
#include "mediadock/storage_error.h"
#include "records/record_store.h"
#include "support/path_literal.h"
#include "support/temp_directory.h"
#include "unit/media/interceptors.h"

#include <Poco/Crypto/OpenSSLInitializer.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace mediadock::media {

/// A storage, its records, and what a test asks of both.
class MediaWorld {
 public:
  /// `without` names abilities that the storage is to lack, separated by commas; `deniedTypes`
  /// types that no upload may be.
  explicit MediaWorld(const std::string& without = "", const std::string& deniedTypes = "");

  /// Steps into every call of the service from now on.
  void onStep(Interceptor interceptor) { interceptor_ = std::move(interceptor); }

  /// Throws an error of `code` at `step`, such as `before commit`.
  void failAt(const std::string& step, StorageErrc code, Retry retry = Retry::Never);

  /// Opens the records anew, as after a restart, with nobody stepping in.
  void restart();

  records::MediaRecord upload(const std::string& name, const UploadFields& fields,
                              const std::string& content = "content");

  /// Puts a file into the storage behind the service's back.
  void put(const StoragePath& path, const std::string& content = "content");

  std::string contentOf(const StoragePath& path);

  /// The paths of all files, in order.
  std::vector<std::string> files();
  /// The paths of all ready records, in order.
  std::vector<std::string> records();

  /// Expects a record for every file, its digest being that of the file's content, a file for
  /// every record, and nothing unfinished.
  void expectInStep();

  /// As in `main`: Poco's count of who uses OpenSSL stays above zero while threads of a test hash.
  const Poco::Crypto::OpenSSLInitializer openSsl;
  TempDirectory folder;
  CallContext context;
  /// Taken over by `restart`.
  ResumableUploadSettings resumable{.spoolDirectory = folder.path() / "spool"};
  /// Likewise.
  ThumbnailSettings thumbnails;
  std::shared_ptr<IStorageProvider> storage;
  std::shared_ptr<records::IRecordStore> store;
  std::unique_ptr<MediaService> service;

 private:
  void collectFiles(const StoragePath& folder, std::vector<std::string>& found);

  DeniedTypes deniedTypes_;
  Interceptor interceptor_;
};

}  // namespace mediadock::media
