#pragma once

/// \file
/// Emulates the abilities that a storage lacks.

#include "mediadock/storage_provider.h"

#include <memory>
#include <string_view>
#include <vector>

namespace mediadock::storage {

/// Returns a provider whose calls work whether or not `inner` has the ability, emulated with calls
/// that every provider supports:
///
/// | without                            | instead                                                |
/// |------------------------------------|--------------------------------------------------------|
/// | `rangeRead`                        | the whole file is read, the bytes before are skipped   |
/// | `conditionalRead`                  | the etag of what was opened is compared                |
/// | `writeIfAbsent`, `writeIfMatch`    | the target is checked right before the commit          |
/// | `writeModifiedAt`                  | the time is dropped                                    |
/// | `removeIfMatch`                    | the file is checked right before its removal           |
/// | `removeRecursive`                  | removed entry by entry, leaves first                   |
/// | `copy`                             | the bytes are read and written                         |
/// | `move`                             | everything is copied, then removed                     |
/// | `makeDirectory`                    | a file is written below and removed                    |
///
/// Still `Unsupported`: `makeDirectory` if the storage drops an empty directory at once, a range of
/// a file of unknown size (it is read whole), writing without a size, `retarget` to another path,
/// `resumeWrite`, `openPreview`, `quota`. `capabilities` still reports what the storage itself can
/// do. If one call becomes several, each gets the time of the whole call.
std::shared_ptr<IStorageProvider> completeProvider(std::shared_ptr<IStorageProvider> inner);

/// The names (as `abilityNames`) of abilities that a storage with these capabilities lacks and that
/// are emulated by several calls: others may interfere, and a failure may leave them half done.
std::vector<std::string_view> notAtomic(const Capabilities& capabilities);

}  // namespace mediadock::storage
