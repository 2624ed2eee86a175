#pragma once

/// \file
/// Streams that break where they are told to.

#include "calls/call.h"
#include "faults/capacity_limit.h"
#include "faults/fault_injector.h"
#include "mediadock/streams.h"

#include <memory>

namespace mediadock {

/// Wraps a stream of `inner` kind. `faults` must outlive the stream. Offers no `file()`, which
/// would lead past the faults.
std::unique_ptr<IReadStream> makeFaulty(std::unique_ptr<IReadStream> inner, FaultInjector& faults,
                                        const Call& call);

/// `capacity` may be null, and must outlive the stream as `faults` must.
std::unique_ptr<IWriteStream> makeFaulty(std::unique_ptr<IWriteStream> inner, FaultInjector& faults,
                                         CapacityLimit* capacity, const Call& call);

}  // namespace mediadock
