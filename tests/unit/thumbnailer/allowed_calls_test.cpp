/// \file
/// Tries every system call in a process that was confined by the thumbnailer's own code.

#include "thumbnailer/confinement.h"
#include "thumbnailer/exit_status.h"

#include <gmock/gmock.h>
#include <linux/sched.h>

#include <cerrno>
#include <csignal>
#include <functional>
#include <ostream>
#include <set>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mediadock::thumbnailer {
namespace {

/// How a confined process ended that did something.
struct End {
  int signal = 0;
  int status = 0;

  friend std::ostream& operator<<(std::ostream& stream, const End& end) {
    return stream << "status " << end.status << ", signal " << end.signal;
  }
};

constexpr int kSurvived = 42;
constexpr int kNotConfined = 43;

[[noreturn]] void endNow(long status) {
  ::syscall(SYS_exit_group, status);
  __builtin_unreachable();
}

/// Does `act` within the confinement, as nobody where this is root, without standard input.
End endOf(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(STDIN_FILENO);
    try {
      isolate();
      forbidSystemCalls();
    } catch (...) {
      endNow(kNotConfined);
    }
    act();
    endNow(kSurvived);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? End{.signal = WTERMSIG(status)} : End{.status = WEXITSTATUS(status)};
}

MATCHER(IsRefused, "is killed for it") {
  return arg.signal == SIGSYS;
}

MATCHER(IsPermitted, "goes on") {
  return arg.signal == 0 && arg.status == kSurvived;
}

/// More than any kernel has; the highest of Linux 6.18 is 470.
constexpr long kNumbers = 600;

/// No descriptor, address, flag or length that a filter on arguments lets through.
constexpr long kUnlikely = -1;

/// Newer kernels show these to no filter. Outside of a probe of the kernel's they do nothing.
bool isHiddenFromFilters([[maybe_unused]] long number) {
#if defined(__x86_64__)
  constexpr long kUretprobe = 335;
  constexpr long kUprobe = 336;
  return number == kUretprobe || number == kUprobe;
#else
  return false;
#endif
}

/// The numbers, from `first`, that do not end the process at once.
std::set<long> survivorsFrom(long first, const std::function<void(long)>& call) {
  std::set<long> survivors;
  for (long number = first; number < first + kNumbers; ++number) {
    const End end = endOf([&] { call(number); });
    EXPECT_NE(end.status, kNotConfined);
    if (end.signal != SIGSYS && !isHiddenFromFilters(number)) {
      survivors.insert(number);
    }
  }
  return survivors;
}

void callNatively(long number) {
  ::syscall(number, kUnlikely, kUnlikely, kUnlikely, kUnlikely, kUnlikely, kUnlikely);
}

/// What is permitted whatever its arguments. `clone3` is answered, but not done.
std::set<long> expectedSurvivors() {
  return {
    SYS_brk, SYS_clock_gettime, SYS_clone3, SYS_exit, SYS_exit_group, SYS_futex, SYS_gettimeofday,
        SYS_munmap, SYS_rseq, SYS_restart_syscall, SYS_rt_sigaction, SYS_rt_sigprocmask,
        SYS_set_robust_list, SYS_sched_getaffinity,
#if defined(__SANITIZE_ADDRESS__)
        SYS_gettid, SYS_madvise, SYS_sigaltstack,
#endif
  };
}

TEST(AllowedCalls, AreAllThatOneSurvives) {
  EXPECT_EQ(survivorsFrom(0, callNatively), expectedSurvivors());
  EXPECT_THAT(endOf([] { callNatively(-1); }), IsRefused());
}

#if defined(__x86_64__)
TEST(AllowedCalls, AreNoneOfX32) {
  constexpr long kX32 = 0x40000000;

  EXPECT_THAT(survivorsFrom(kX32, callNatively), testing::IsEmpty());
}

TEST(AllowedCalls, AreNoneOfI386) {
  const auto call = [](long number) {
    asm volatile("int $0x80"
                 : "+a"(number)
                 : "b"(0L), "c"(0L), "d"(0L), "S"(0L), "D"(0L)
                 : "memory", "r8", "r9", "r10", "r11");
  };

  for (long number = 0; number < kNumbers; ++number) {
    // SIGSEGV: this kernel knows no i386 at all.
    EXPECT_THAT(endOf([&] { call(number); }).signal, testing::AnyOf(SIGSYS, SIGSEGV)) << number;
  }
}
#endif

TEST(AllowedCalls, AnswerClone3AsAnOldKernel) {
  EXPECT_THAT(endOf([] {
                if (::syscall(SYS_clone3, nullptr, 0) != -1 || errno != ENOSYS) {
                  endNow(1);
                }
              }),
              IsPermitted());
}

/// Does `act` between the two steps of the confinement, then computes for ever.
End endOfComputing(const std::function<void()>& act) {
  const pid_t child = ::fork();
  if (child == 0) {
    isolate();
    act();
    forbidSystemCalls();
    for (volatile unsigned turns = 0;;) {
      turns = turns + 1;
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? End{.signal = WTERMSIG(status)} : End{.status = WEXITSTATUS(status)};
}

TEST(Confinement, EndsByItsProcessorTimeWithAStatusThatSaysSo) {
  const End end = endOfComputing([] {
    const rlimit second{1, 5};
    ::setrlimit(RLIMIT_CPU, &second);
  });

  EXPECT_EQ(end.signal, 0);
  EXPECT_EQ(end.status, static_cast<int>(ThumbnailerExit::OverLimits));
}

constexpr std::size_t kPage = 4096;

void* anonymousPage() {
  return ::mmap(nullptr, kPage, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

struct ArgumentCase {
  const char* name;
  void (*act)();
};

constexpr long kThread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SYSVSEM | CLONE_SIGHAND |
                         CLONE_THREAD | CLONE_SETTLS | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID;

void clone(long flags) {
  ::syscall(SYS_clone, flags, nullptr, nullptr, nullptr, nullptr);
}

class RefusedArguments : public testing::TestWithParam<ArgumentCase> {};

TEST_P(RefusedArguments, KillTheProcess) {
  EXPECT_THAT(endOf(GetParam().act), IsRefused());
}

const ArgumentCase kRefused[] {
  {"ReadOfAnotherDescriptor", [] { ::syscall(SYS_read, 3, nullptr, 0); }},
      {"WriteToAnotherDescriptor", [] { ::syscall(SYS_write, 3, nullptr, 0); }},
      {"WriteToTheInput", [] { ::syscall(SYS_write, STDIN_FILENO, nullptr, 0); }},
      {"MemoryToBeRun",
       [] { ::mmap(nullptr, kPage, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }},
      {"MemoryThatBecomesCode", [] { ::mprotect(anonymousPage(), kPage, PROT_READ | PROT_EXEC); }},
      {"MemoryOfAFile", [] { ::mmap(nullptr, kPage, PROT_READ, MAP_PRIVATE, STDOUT_FILENO, 0); }},
      {"SharedMemory",
       [] { ::mmap(nullptr, kPage, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0); }},
      {"MoveOntoOtherMemory",
       [] {
         ::mremap(anonymousPage(), kPage, kPage, MREMAP_MAYMOVE | MREMAP_FIXED, anonymousPage());
       }},
#if !defined(__SANITIZE_ADDRESS__)
      {"OtherAdvice", [] { ::madvise(anonymousPage(), kPage, MADV_MERGEABLE); }},
#endif
      {"Fork", [] { clone(SIGCHLD); }}, {"Vfork", [] { clone(CLONE_VM | CLONE_VFORK | SIGCHLD); }},
      {"ThreadWithAUserNamespace", [] { clone(kThread | CLONE_NEWUSER); }},
      {"ThreadThatIsTraced", [] { clone(kThread | CLONE_PTRACE); }},
      {"NewFilter", [] { ::prctl(PR_SET_SECCOMP, 2, nullptr); }},
      {"LifeWithoutAParent", [] { ::prctl(PR_SET_PDEATHSIG, 0); }},
      {"ReadingOfCapabilities", [] { ::prctl(PR_CAPBSET_READ, 0); }},
};

INSTANTIATE_TEST_SUITE_P(Calls, RefusedArguments, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string(row.param.name); });

class PermittedArguments : public testing::TestWithParam<ArgumentCase> {};

TEST_P(PermittedArguments, LetItGoOn) {
  EXPECT_THAT(endOf(GetParam().act), IsPermitted());
}

void expect(bool isTrue) {
  if (!isTrue) {
    endNow(1);
  }
}

const ArgumentCase kPermitted[]{
    {"ReadOfTheInput", [] { expect(::read(STDIN_FILENO, nullptr, 0) == -1 && errno == EBADF); }},
    {"WriteOfOutput", [] { expect(::write(STDOUT_FILENO, nullptr, 0) == 0); }},
    {"WriteOfReasons", [] { expect(::write(STDERR_FILENO, nullptr, 0) == 0); }},
    {"Memory", [] { expect(::mprotect(anonymousPage(), kPage, PROT_READ | PROT_WRITE) == 0); }},
    {"Growth",
     [] { expect(::mremap(anonymousPage(), kPage, 8 * kPage, MREMAP_MAYMOVE) != MAP_FAILED); }},
    {"NameOfAThread", [] { expect(::prctl(PR_SET_NAME, "worker") == 0); }},
    {"Thread",
     [] {
       pthread_t thread{};
       const auto body = [](void*) -> void* { return nullptr; };
       expect(::pthread_create(&thread, nullptr, body, nullptr) == 0);
       expect(::pthread_join(thread, nullptr) == 0);
     }},
};

INSTANTIATE_TEST_SUITE_P(Calls, PermittedArguments, testing::ValuesIn(kPermitted),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace mediadock::thumbnailer
