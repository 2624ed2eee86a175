#pragma once

/// \file
/// The system calls that a decoder needs.

namespace mediadock::thumbnailer {

/// From now on, any system call that decoders do not need, or of another architecture, kills the
/// process with SIGSYS. Applies to all threads.
/// \throws std::system_error, also if the kernel has no seccomp.
void allowOnlyCallsOfDecoders();

}  // namespace mediadock::thumbnailer
