#pragma once

/// \file
/// Fault-injecting decorators of streams.

#include "calls/call.h"
#include "faults/capacity_limit.h"
#include "faults/fault_injector.h"
#include "mediadock/streams.h"

#include <memory>

namespace mediadock::localdisk {

/// Decorates `inner`. `faults` must outlive the stream. Does not support `file()`, which would
/// bypass the faults.
std::unique_ptr<IReadStream> makeFaulty(std::unique_ptr<IReadStream> inner, FaultInjector& faults,
                                        const Call& call);

/// `capacity` may be null; it and `faults` must outlive the stream.
std::unique_ptr<IWriteStream> makeFaulty(std::unique_ptr<IWriteStream> inner, FaultInjector& faults,
                                         CapacityLimit* capacity, const Call& call);

}  // namespace mediadock::localdisk
