#include "records/sql/sql_error.h"

namespace mediadock::records {

StorageError toStorageError(const Poco::Exception& failure, const ISqlDialect& dialect) {
  const std::string why = "records database: " + failure.displayText();
  switch (dialect.classify(failure)) {
    case SqlFailure::UniqueViolation:
      return {StorageErrc::AlreadyExists, "a record of this path or id stands already"};
    case SqlFailure::Unavailable:
    case SqlFailure::Full:
      return StorageError({.code = StorageErrc::Unavailable,
                           .message = why,
                           .retry = Retry::AfterDelay,
                           .upstreamStatus = failure.code()});
    case SqlFailure::Broken:
      break;
  }
  return StorageError(
      {.code = StorageErrc::Internal, .message = why, .upstreamStatus = failure.code()});
}

}  // namespace mediadock::records
