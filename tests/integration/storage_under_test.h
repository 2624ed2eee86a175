#pragma once

/// \file
/// The storages that the whole host is tried on.

#include "integration/host_process.h"

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace mediadock {

/// A running storage, from construction to destruction.
class IStorageUnderTest {
 public:
  virtual ~IStorageUnderTest() = default;

  /// What a host needs to use it.
  virtual HostConfiguration configuration() const = 0;

  /// Names of what an unfinished upload left behind in the storage; empty when all is clean.
  virtual std::vector<std::string> leftovers() const = 0;
};

/// Which storage, by the name it has in test names.
struct StorageCase {
  const char* name;
  std::unique_ptr<IStorageUnderTest> (*start)();
};

void PrintTo(const StorageCase& tested, std::ostream* out);

/// Names a test after its storage.
std::string storageCaseName(const testing::TestParamInfo<StorageCase>& info);

std::unique_ptr<IStorageUnderTest> startLocalDisk();
std::unique_ptr<IStorageUnderTest> startApache();
std::unique_ptr<IStorageUnderTest> startNginx();
std::unique_ptr<IStorageUnderTest> startScriptedNextcloud();

}  // namespace mediadock
