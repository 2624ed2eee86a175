#pragma once

/// \file
/// A process with nothing around it.

namespace mediadock {

/// Continues in a child process in new namespaces; see `isolate`. Returns false in the calling
/// process if the kernel refuses them, true in the child.
/// \throws std::system_error
bool enterNamespaces();

/// Replaces the root directory by an empty one that cannot be written to, if this process may
/// mount; else leaves it.
void emptyRoot() noexcept;

/// Kills this process when its parent ends. A change of user or capabilities may undo it.
/// \throws std::system_error
void endWithParent();

}  // namespace mediadock
