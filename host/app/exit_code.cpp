#include "app/exit_code.h"

namespace mediadock {

ExitCode exitCodeOf(StorageErrc code) noexcept {
  switch (code) {
    case StorageErrc::ConfigInvalid:
      return ExitCode::Configuration;
    case StorageErrc::Internal:
      return ExitCode::Internal;
    default:
      return ExitCode::Unavailable;
  }
}

}  // namespace mediadock
