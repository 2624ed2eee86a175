#pragma once

/// \file
/// Confines a process that decodes files of strangers, so that taking over a decoder gains nothing.
///
/// In this order, by a process of one thread: `isolate`, then whatever opens files, then
/// `forbidSystemCalls`, then the first byte from outside.

namespace mediadock {

/// Limits processor time, memory and files, gives up root, and ties the process to the life of its
/// parent. Where the kernel lets this user have namespaces, only a child process returns, which has
/// its own users, network, mounts, processes, IPC and host name; the calling process waits for the
/// child and ends as that did. Elsewhere the caller itself returns.
/// \throws std::system_error
void isolate();

/// Takes away the file system (in a namespace), all capabilities and new descriptors, and from now
/// on permits only the system calls in allowed_calls.cpp: any other kills the process with SIGSYS.
/// \throws std::system_error, also where the kernel has no seccomp: nothing may be decoded then.
void forbidSystemCalls();

}  // namespace mediadock
