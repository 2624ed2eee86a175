// What copy and move promise alike.

#include "conformance/provider_conformance.h"

namespace mediadock {

Entry ProviderConformance::relocate(Relocate operation, std::string_view from, std::string_view to,
                                    Overwrite overwrite) {
  return ((*provider_).*operation)(in(from), in(to), overwrite, context());
}

bool ProviderConformance::ableTo(Relocate operation) {
  return able(operation == &IStorageProvider::copy ? can_.copy : can_.move,
              [&] { relocate(operation, "anything", "else"); });
}

void ProviderConformance::expectMissingSourceIsNotFound(Relocate operation) {
  if (!ableTo(operation)) {
    return;
  }
  EXPECT_THAT([&] { relocate(operation, "missing", "to"); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_FALSE(exists(in("to")));
}

void ProviderConformance::expectOverwriteIsObeyed(Relocate operation) {
  put(in("from"), "new");
  put(in("to"), "old");
  if (!ableTo(operation)) {
    return;
  }
  EXPECT_THAT([&] { relocate(operation, "from", "to", Overwrite::Never); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(get(in("to")), "old");
  EXPECT_EQ(get(in("from")), "new");

  relocate(operation, "from", "to", Overwrite::Replace);
  EXPECT_EQ(get(in("to")), "new");
}

void ProviderConformance::expectDirectoryIsNotReplaced(Relocate operation) {
  put(in("from"), "new");
  put(in("to/file"), "old");
  if (!ableTo(operation)) {
    return;
  }
  EXPECT_THAT([&] { relocate(operation, "from", "to", Overwrite::Replace); },
              ThrowsStorageError(StorageErrc::AlreadyExists));
  EXPECT_EQ(get(in("to/file")), "old");
  EXPECT_EQ(get(in("from")), "new");
}

void ProviderConformance::expectOntoItselfIsRefused(Relocate operation) {
  put(in("file"), "content");
  if (!ableTo(operation)) {
    return;
  }
  EXPECT_THAT([&] { relocate(operation, "file", "file", Overwrite::Replace); },
              ThrowsStorageError(StorageErrc::InvalidArgument));
  EXPECT_EQ(get(in("file")), "content");
}

void ProviderConformance::expectMissingParentIsNotFound(Relocate operation) {
  put(in("from"), "content");
  if (!ableTo(operation)) {
    return;
  }
  EXPECT_THAT([&] { relocate(operation, "from", "missing/to"); },
              ThrowsStorageError(StorageErrc::NotFound));
  EXPECT_EQ(get(in("from")), "content");
  EXPECT_FALSE(exists(in("missing")));
}

}  // namespace mediadock
