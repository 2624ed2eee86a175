#include "thumbnailer/confinement.h"

#include "thumbnailer/allowed_calls.h"
#include "thumbnailer/exit_status.h"
#include "thumbnailer/namespaces.h"

#include <linux/capability.h>

#include <cerrno>
#include <csignal>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::thumbnailer {
namespace {

/// SIGXCPU is sent at the soft limit, SIGKILL at the hard limit.
constexpr rlim_t kProcessorSeconds = 10;
constexpr rlim_t kMemoryBytes = rlim_t{1} << 30U;
/// Decoders of AV1 and HEVC start one per processor.
constexpr rlim_t kThreads = 512;
/// `nobody` and `nogroup`, by convention and in Debian.
constexpr uid_t kNobody = 65534;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitizers reserve terabytes of address space.
constexpr bool kCanLimitMemory = false;
#else
constexpr bool kCanLimitMemory = true;
#endif

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit wanted{soft, hard};
  if (::setrlimit(resource, &wanted) != 0) {
    fail("setrlimit");
  }
}

void limitResources() {
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, 0, 0);
  // Writing to a file then fails instead of ending the process.
  std::signal(SIGXFSZ, SIG_IGN);
  limit(RLIMIT_CPU, kProcessorSeconds, kProcessorSeconds + 1);
  // The first process of a PID namespace ignores signals that it does not handle.
  std::signal(SIGXCPU, [](int) { ::_exit(static_cast<int>(ThumbnailerExit::OverLimits)); });
  if (kCanLimitMemory) {
    limit(RLIMIT_AS, kMemoryBytes, kMemoryBytes);
  }
}

/// Root without capabilities would still own its files. In a container without another user there
/// is no user to switch to.
void giveUpRoot() {
  if (::geteuid() == 0 && ::setgroups(0, nullptr) == 0 &&
      ::setresgid(kNobody, kNobody, kNobody) == 0) {
    static_cast<void>(::setresuid(kNobody, kNobody, kNobody));
  }
}

void dropCapabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct held[_LINUX_CAPABILITY_U32S_3]{};
  if (::syscall(SYS_capget, &header, held) != 0) {
    fail("capget");
  }
  // A filter around this program may forbid capset even if there is nothing to drop.
  if (held[0].permitted == 0 && held[1].permitted == 0) {
    return;
  }
  const __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3]{};
  if (::syscall(SYS_capset, &header, none) != 0) {
    fail("capset");
  }
}

}  // namespace

void isolate() {
  limitResources();
  giveUpRoot();
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    fail("prctl");
  }
  endWithParent();
  if (enterNamespaces()) {
    // Inside the new user namespace only its own processes count; outside, all of the user's would.
    limit(RLIMIT_NPROC, kThreads, kThreads);
  }
}

void forbidSystemCalls() {
  emptyRoot();
  dropCapabilities();
  limit(RLIMIT_NOFILE, 0, 0);
  allowOnlyCallsOfDecoders();
}

}  // namespace mediadock::thumbnailer
