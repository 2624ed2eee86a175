#pragma once

/// \file
/// A provider and a record store that let a test step in before and after each call.

#include "mediadock/storage_provider.h"
#include "records/record_store.h"

#include <functional>
#include <memory>
#include <string>

namespace mediadock::media {

/// Called with `before remove`, `after remove` and so on; what it throws comes out of the call.
using Interceptor = std::function<void(const std::string& step)>;

/// Forwards to `inner`; a stream's commit counts as `commit`. `interceptor` may be empty.
std::shared_ptr<IStorageProvider> intercept(std::shared_ptr<IStorageProvider> inner,
                                            const Interceptor& interceptor);
std::shared_ptr<records::IRecordStore> intercept(std::shared_ptr<records::IRecordStore> inner,
                                                 const Interceptor& interceptor);

}  // namespace mediadock::media
