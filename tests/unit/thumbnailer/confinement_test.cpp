#include "media/thumbnails/thumbnail_renderer.h"
#include "mediadock/storage_error.h"
#include "support/memory_stream.h"
#include "support/pictures.h"

#include <gmock/gmock.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <set>
#include <sys/mount.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace mediadock::thumbnailer {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

std::string readText(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

constexpr std::array kNamespaces{"user", "net", "mnt", "pid", "ipc", "uts", "cgroup"};

/// The namespaces of a process: their kinds, and what tells each from others of its kind.
std::map<std::string, std::string> namespacesOf(const std::filesystem::path& process) {
  std::map<std::string, std::string> namespaces;
  for (const char* kind : kNamespaces) {
    std::error_code gone;
    namespaces[kind] = std::filesystem::read_symlink(process / "ns" / kind, gone);
  }
  return namespaces;
}

/// What the kernel says of a process.
struct ProcessFacts {
  std::string status;
  std::string limits;
  std::string environment;
  /// What its descriptors lead to.
  std::set<std::string> files;
  std::set<std::string> root;
  std::map<std::string, std::string> namespaces;
};

std::set<std::string> contentOf(const std::filesystem::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    names.insert(entry.path().filename());
  }
  return error ? std::set{error.message()} : names;
}

ProcessFacts factsOfProcess(const std::filesystem::path& process) {
  ProcessFacts facts{.status = readText(process / "status"),
                     .limits = readText(process / "limits"),
                     .environment = readText(process / "environ"),
                     .root = contentOf(process / "root"),
                     .namespaces = namespacesOf(process)};
  for (const std::string& descriptor : contentOf(process / "fd")) {
    std::error_code gone;
    facts.files.insert(std::filesystem::read_symlink(process / "fd" / descriptor, gone));
  }
  return facts;
}

std::filesystem::path childOf(const std::string& process) {
  const std::string parent = "PPid:\t" + process + "\n";
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string status = readText(entry.path() / "status");
    if (status.starts_with("Name:\tmediadock-thumb") && status.find(parent) != std::string::npos) {
      return entry.path();
    }
  }
  return {};
}

/// The process that decodes: the child of this one, or where it has namespaces, the child of that.
std::filesystem::path decodingProcess() {
  const auto child = childOf(std::to_string(::getpid()));
  if (child.empty()) {
    throw std::runtime_error("the thumbnailer does not run");
  }
  const auto inner = childOf(child.filename());
  return inner.empty() ? child : inner;
}

/// How many filters of system calls a process has, or the thread `thread-self`.
int filtersOf(const std::string& status) {
  const std::string name = "Seccomp_filters:\t";
  const auto at = status.find(name);
  return at == std::string::npos ? 0 : std::stoi(status.substr(at + name.size()));
}

/// Looks at the thumbnailer while that waits for its first byte.
class WatchingStream final : public MemoryStream {
 public:
  using MemoryStream::MemoryStream;

  std::size_t read(std::span<std::byte> buffer) override {
    if (!hasSeen_) {
      hasSeen_ = true;
      look();
    }
    return MemoryStream::read(buffer);
  }

  ProcessFacts facts;

 private:
  void look() {
    const int inherited = filtersOf(readText("/proc/thread-self/status"));
    const auto deadline = CallContext::Clock::now() + std::chrono::seconds(30);
    do {
      facts = factsOfProcess(decodingProcess());
      std::this_thread::yield();
    } while (filtersOf(facts.status) <= inherited && CallContext::Clock::now() < deadline);
  }

  bool hasSeen_ = false;
};

/// Whether `act` succeeds for somebody who is not root.
bool succeedsForAnybody(bool (*act)()) {
  const pid_t child = ::fork();
  if (child == 0) {
    constexpr uid_t kNobody = 65534;
    const bool isOrdinary = ::geteuid() != 0 || ::setuid(kNobody) == 0;
    ::_exit(isOrdinary && act() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status == 0;
}

bool hasNamespaces() {
  return ::unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0;
}

bool mayMount() {
  return hasNamespaces() && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("none", "/tmp", "tmpfs", 0, nullptr) == 0;
}

/// Renders a small picture, and gives what the process was that did it.
ProcessFacts factsOfRendering() {
  WatchingStream source(redAndBlue(40, 30, ".jpg"));
  const media::Rendered rendered =
      media::ThumbnailRenderer(MEDIADOCK_THUMBNAILER, media::kMaxThumbnailSourceBytes)
          .render(source, 64, media::ThumbnailFormat::Jpeg, CallContext());
  EXPECT_EQ(rendered.verdict, media::RenderVerdict::Picture);
  return source.facts;
}

TEST(Thumbnailer, X40IsConfined) {
  ::setenv("MEDIADOCK_STORAGE_NEXTCLOUD_PASSWORD", "very secret", 1);
  const int left = ::dup(STDERR_FILENO);

  const ProcessFacts facts = factsOfRendering();
  ::close(left);

  EXPECT_THAT(facts.status,
              AllOf(HasSubstr("Seccomp:\t2"), HasSubstr("NoNewPrivs:\t1"),
                    HasSubstr("CapPrm:\t0000000000000000"), Not(HasSubstr("Uid:\t0"))));
  EXPECT_THAT(facts.limits, AllOf(testing::ContainsRegex("Max cpu time +10 +11 "),
                                  testing::ContainsRegex("Max file size +0 +0 "),
                                  testing::ContainsRegex("Max core file size +0 +0 "),
                                  testing::ContainsRegex("Max open files +0 +0 ")));
  EXPECT_EQ(facts.environment, std::string("LC_ALL=C\0", 9));
  EXPECT_THAT(facts.files, ElementsAre("/dev/null", StartsWith("socket:")));
}

TEST(Thumbnailer, HasNamespacesOfItsOwnWhereTheKernelGivesThem) {
  const auto outside = namespacesOf("/proc/self");

  const ProcessFacts facts = factsOfRendering();

  if (!succeedsForAnybody(hasNamespaces)) {
    EXPECT_EQ(facts.namespaces, outside);
    return;
  }
  for (const char* kind : kNamespaces) {
    EXPECT_THAT(facts.namespaces.at(kind), StartsWith(kind)) << "cannot be read";
    EXPECT_NE(facts.namespaces.at(kind), outside.at(kind)) << kind;
  }
  EXPECT_THAT(facts.limits, testing::ContainsRegex("Max processes +512 +512 "));
  EXPECT_EQ(facts.root.empty(), succeedsForAnybody(mayMount));
}

TEST(Thumbnailer, IsConfinedByItsFilterWhereTheKernelRefusesNamespaces) {
  const auto outside = namespacesOf("/proc/self");
  ProcessFacts facts;
  // A filter holds for its thread, and for what that starts.
  std::thread([&facts] {
    const std::unique_ptr<void, void (*)(scmp_filter_ctx)> filter(::seccomp_init(SCMP_ACT_ALLOW),
                                                                  ::seccomp_release);
    ASSERT_EQ(::seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EPERM), SCMP_SYS(unshare), 0), 0);
    ASSERT_EQ(::seccomp_load(filter.get()), 0);
    facts = factsOfRendering();
  }).join();

  EXPECT_EQ(facts.namespaces, outside);
  EXPECT_THAT(facts.status,
              AllOf(HasSubstr("Seccomp_filters:\t2"), HasSubstr("CapPrm:\t0000000000000000")));
}

/// Breaks off once the decoding process waits for its first byte, and stops that, so that it does
/// not see the end of its input.
class BrokenStream final : public MemoryStream {
 public:
  using MemoryStream::MemoryStream;

  std::size_t read(std::span<std::byte>) override {
    while (readText(decodingProcess() / "status").find("Seccomp:\t2") == std::string::npos) {
    }
    process = decodingProcess();
    ::kill(std::stoi(process.filename()), SIGSTOP);
    throw StorageError(StorageErrc::Unavailable, "gone");
  }

  std::filesystem::path process;
};

TEST(Thumbnailer, EndsWhereTheHostNoLongerWaits) {
  BrokenStream source("");
  EXPECT_THROW(media::ThumbnailRenderer(MEDIADOCK_THUMBNAILER, media::kMaxThumbnailSourceBytes)
                   .render(source, 64, media::ThumbnailFormat::Jpeg, CallContext()),
               StorageError);

  const auto deadline = CallContext::Clock::now() + std::chrono::seconds(30);
  while (std::filesystem::exists(source.process) && CallContext::Clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_FALSE(std::filesystem::exists(source.process));
}

// Sanitizers need terabytes of addresses for themselves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Thumbnailer, HasOneGibibyteOfMemory) {
  // It has to be in memory as a whole, which would be 2 GB.
  WatchingStream source(interlacedPngOfSize(15900, 16000));

  const media::Rendered rendered =
      media::ThumbnailRenderer(MEDIADOCK_THUMBNAILER, media::kMaxThumbnailSourceBytes)
          .render(source, 64, media::ThumbnailFormat::Jpeg, CallContext());

  EXPECT_EQ(rendered.verdict, media::RenderVerdict::TooMuch);
  EXPECT_THAT(source.facts.limits, testing::ContainsRegex("Max address space +1073741824 "));
}
#endif

}  // namespace
}  // namespace mediadock::thumbnailer
