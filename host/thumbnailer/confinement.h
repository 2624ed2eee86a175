#pragma once

/// \file
/// Sandboxes a process that decodes untrusted files, so that exploiting a decoder gains nothing.
///
/// In this order, in a single-threaded process: `isolate`, then everything that opens files, then
/// `forbidSystemCalls`, then reading the first byte of input.

namespace mediadock::thumbnailer {

/// Limits CPU time, memory and files, drops root, and ties the process to the life of its parent.
/// If the kernel lets this user create namespaces, only a child process returns, with its own
/// users, network, mounts, processes, IPC and host name; the calling process waits for the child
/// and exits as it did. Otherwise the caller itself returns.
/// \throws std::system_error
void isolate();

/// Removes access to the file system (in a namespace), all capabilities and new descriptors, and
/// from then on permits only the system calls in allowed_calls.cpp: any other kills the process
/// with SIGSYS.
/// \throws std::system_error, also if the kernel has no seccomp: nothing may be decoded then.
void forbidSystemCalls();

}  // namespace mediadock::thumbnailer
