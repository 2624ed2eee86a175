#include "thumbnailer/namespaces.h"

#include <cerrno>
#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::thumbnailer {
namespace {

/// The user namespace is what lets an ordinary user create the others.
constexpr int kNamespaces = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID |
                            CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

/// Ends this process as `child` ended, with the same status or signal.
[[noreturn]] void endAs(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) {
    std::signal(WTERMSIG(status), SIG_DFL);
    std::raise(WTERMSIG(status));
  }
  ::_exit(WEXITSTATUS(status));
}

}  // namespace

void endWithParent() {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) {
    throw std::system_error(errno, std::generic_category(), "prctl");
  }
}

bool enterNamespaces() {
  if (::unshare(kNamespaces) != 0) {
    return false;
  }
  // Creating a user namespace clears it.
  endWithParent();
  const pid_t child = ::fork();
  if (child < 0) {
    throw std::system_error(errno, std::generic_category(), "fork");
  }
  if (child > 0) {
    // The other end sees end of file when the child closes its output.
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
    endAs(child);
  }
  endWithParent();
  return true;
}

void emptyRoot() noexcept {
  constexpr const char* kPlace = "/tmp";
  constexpr unsigned long kFlags = MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC;
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
      ::mount("none", kPlace, "tmpfs", kFlags, "size=4k,nr_inodes=1") == 0 &&
      ::chroot(kPlace) == 0) {
    static_cast<void>(::chdir("/"));
  }
}

}  // namespace mediadock::thumbnailer
