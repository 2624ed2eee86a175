#pragma once

/// \file
/// What a decoder needs of the kernel.

namespace mediadock {

/// From now on any other system call than those of the decoders, and any of another architecture,
/// ends the process with SIGSYS. Holds for all threads.
/// \throws std::system_error, also where the kernel has no seccomp.
void allowOnlyCallsOfDecoders();

}  // namespace mediadock
