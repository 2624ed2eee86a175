#pragma once

/// \file
/// Makes up for the abilities that a storage lacks.

#include "mediadock/storage_provider.h"

#include <memory>
#include <string_view>
#include <vector>

namespace mediadock {

/// Gives a provider whose calls work whether or not `inner` has the ability, made of calls that
/// every provider has:
///
/// | without                            | instead                                                |
/// |------------------------------------|--------------------------------------------------------|
/// | `rangeRead`                        | the whole file is read, and what lies before dropped   |
/// | `conditionalRead`                  | the etag of what was opened is compared                |
/// | `writeIfAbsent`, `writeIfMatch`    | the target is looked at right before the commit        |
/// | `writeModifiedAt`                  | the time is dropped                                    |
/// | `removeIfMatch`                    | the file is looked at right before its removal         |
/// | `removeRecursive`                  | entry by entry, from the leaves                        |
/// | `copy`                             | the bytes are read and written                         |
/// | `move`                             | everything is copied, then removed                     |
/// | `makeDirectory`                    | a file is written below and removed                    |
///
/// Still `Unsupported`: `makeDirectory` where the storage drops an empty directory at once, a range
/// of a file of unknown size (it is read whole), writing without a size, `retarget` to another
/// path, `resumeWrite`, `openPreview`, `quota`. `capabilities` remains what the storage itself can
/// do. Calls made of several give each the time of the whole call.
std::shared_ptr<IStorageProvider> completeProvider(std::shared_ptr<IStorageProvider> inner);

/// The names (as `abilityNames`) of abilities that a storage with these capabilities lacks and that
/// are made up for by several calls: somebody else may come in between, and a failure may leave
/// them half done.
std::vector<std::string_view> notAtomic(const Capabilities& capabilities);

}  // namespace mediadock
