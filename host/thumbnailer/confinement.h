#pragma once

/// \file
/// What a decoder that was taken over could still do: next to nothing.

namespace mediadock {

/// Limits processor time, memory, files and privileges, and ends the process with its parent. For
/// the beginning of `main`.
/// \throws std::system_error
void limitResources();

/// From now on no file can be opened, no socket made, no program run. Descriptors that are open can
/// be read and written. Does nothing on a kernel without seccomp.
void forbidSystemCalls();

}  // namespace mediadock
