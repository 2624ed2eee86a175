#include "thumbnailer/allowed_calls.h"

#include <linux/sched.h>

#include <cerrno>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <system_error>
#include <unistd.h>
#include <vector>

namespace mediadock::thumbnailer {
namespace {

struct AllowedCall {
  int number;
  /// All of them must hold.
  std::vector<scmp_arg_cmp> arguments;
};

/// The upper half of an `int` argument is undefined.
constexpr scmp_datum_t kInt = 0xffffffff;

scmp_arg_cmp is(unsigned index, scmp_datum_t value) {
  return {index, SCMP_CMP_MASKED_EQ, kInt, value};
}

scmp_arg_cmp has(unsigned index, scmp_datum_t flags) {
  return {index, SCMP_CMP_MASKED_EQ, flags, flags};
}

scmp_arg_cmp lacks(unsigned index, scmp_datum_t flags) {
  return {index, SCMP_CMP_MASKED_EQ, flags, 0};
}

/// What pthread_create passes (glibc, sysdeps/unix/sysv/linux/createthread.c): a thread of this
/// process, in its namespaces.
constexpr scmp_datum_t kNewThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM |
                                    CLONE_SIGHAND | CLONE_THREAD | CLONE_SETTLS |
                                    CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

/// Found with strace for every format; each of them is needed by at least one.
std::vector<AllowedCall> allowedCalls() {
  return {
    // Input file, output picture, error message.
    {SCMP_SYS(read), {is(0, STDIN_FILENO)}}, {SCMP_SYS(write), {is(0, STDOUT_FILENO)}},
        {SCMP_SYS(write), {is(0, STDERR_FILENO)}},
        // Memory that is neither executable nor mapped from a file.
        {SCMP_SYS(brk), {}},
        {SCMP_SYS(mmap), {lacks(2, PROT_EXEC), has(3, MAP_PRIVATE | MAP_ANONYMOUS)}},
        {SCMP_SYS(mprotect), {lacks(2, PROT_EXEC)}}, {SCMP_SYS(mremap), {is(3, MREMAP_MAYMOVE)}},
        {SCMP_SYS(madvise), {is(2, MADV_DONTNEED)}}, {SCMP_SYS(munmap), {}},
        // Threads of libvips, dav1d and libde265.
        {SCMP_SYS(clone), {is(0, kNewThread)}}, {SCMP_SYS(set_robust_list), {}},
        {SCMP_SYS(rseq), {}}, {SCMP_SYS(rt_sigaction), {}}, {SCMP_SYS(rt_sigprocmask), {}},
        {SCMP_SYS(prctl), {is(0, PR_SET_NAME)}}, {SCMP_SYS(sched_getaffinity), {}},
        {SCMP_SYS(futex), {}},
        // Continues a wait after the process was stopped.
        {SCMP_SYS(restart_syscall), {}},
        // For machines whose clock cannot be read without a system call.
        {SCMP_SYS(clock_gettime), {}}, {SCMP_SYS(gettimeofday), {}}, {SCMP_SYS(exit), {}},
        {SCMP_SYS(exit_group), {}},
#if defined(__SANITIZE_ADDRESS__)
        // Additionally needed by the sanitizer's allocator and threads.
        {SCMP_SYS(madvise), {}}, {SCMP_SYS(gettid), {}}, {SCMP_SYS(sigaltstack), {}},
#endif
  };
}

void check(int result, const char* what) {
  if (result < 0) {
    throw std::system_error(-result, std::generic_category(), what);
  }
}

}  // namespace

void allowOnlyCallsOfDecoders() {
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(
      ::seccomp_init(SCMP_ACT_KILL_PROCESS), ::seccomp_release);
  if (!filter) {
    throw std::system_error(ENOMEM, std::generic_category(), "seccomp_init");
  }
  check(::seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS),
        "seccomp_attr_set");
  check(::seccomp_attr_set(filter.get(), SCMP_FLTATR_CTL_TSYNC, 1), "seccomp_attr_set");
  // Its flags are in memory, where a filter cannot check them. glibc falls back to clone.
  check(::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0),
        "seccomp_rule_add");
  for (const auto& [number, arguments] : allowedCalls()) {
    check(::seccomp_rule_add_exact_array(filter.get(), SCMP_ACT_ALLOW, number,
                                         static_cast<unsigned>(arguments.size()), arguments.data()),
          "seccomp_rule_add");
  }
  check(::seccomp_load(filter.get()), "seccomp_load");
}

}  // namespace mediadock::thumbnailer
