#pragma once

/// \file
/// Runs a process in empty namespaces.

namespace mediadock::thumbnailer {

/// Continues in a child process in new namespaces; see `isolate`. Returns false in the calling
/// process if the kernel refuses them, true in the child.
/// \throws std::system_error
bool enterNamespaces();

/// Replaces the root directory with an empty read-only one, if this process may mount; otherwise
/// does nothing.
void emptyRoot() noexcept;

/// Has the kernel kill this process when its parent ends. A change of user or capabilities may undo
/// it.
/// \throws std::system_error
void endWithParent();

}  // namespace mediadock::thumbnailer
