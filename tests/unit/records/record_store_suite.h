#pragma once

/// \file
/// What every `IRecordStore` must do. A new database instantiates the suite:
///
///     INSTANTIATE_TEST_SUITE_P(Sqlite, RecordStoreSuite, testing::Values(&makeSqliteDatabase));

#include "records/record_store.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace mediadock::records {

/// An empty database for one test, gone with this object.
class IRecordDatabase {
 public:
  virtual ~IRecordDatabase() = default;

  /// A store of its own on the database, as another host would open it.
  virtual std::unique_ptr<IRecordStore> open() = 0;
};

using MakeRecordDatabase = std::unique_ptr<IRecordDatabase> (*)();

class RecordStoreSuite : public testing::TestWithParam<MakeRecordDatabase> {
 protected:
  std::unique_ptr<IRecordDatabase> database = GetParam()();
  std::unique_ptr<IRecordStore> store = database->open();
};

/// A record with all fields set, of the file at `path`; its id is made from the path.
MediaRecord recordAt(const std::string& path);

/// The paths of the ready records under the root, in order.
std::vector<std::string> readyPaths(IRecordStore& store);

}  // namespace mediadock::records
