#include "media/thumbnail_renderer.h"
#include "support/memory_stream.h"
#include "support/pictures.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>
#include <unistd.h>

namespace mediadock {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::string readText(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// What the kernel says of a process.
struct ProcessFacts {
  std::string status;
  std::string limits;
  std::string environment;
  /// What its descriptors lead to.
  std::set<std::string> files;
};

ProcessFacts factsOfProcess(const std::filesystem::path& process) {
  ProcessFacts facts{.status = readText(process / "status"),
                     .limits = readText(process / "limits"),
                     .environment = readText(process / "environ")};
  for (const auto& entry : std::filesystem::directory_iterator(process / "fd")) {
    std::error_code gone;
    facts.files.insert(std::filesystem::read_symlink(entry.path(), gone));
  }
  return facts;
}

/// The child of this process that runs the thumbnailer.
std::filesystem::path thumbnailerProcess() {
  const std::string parent = "PPid:\t" + std::to_string(::getpid()) + "\n";
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string status = readText(entry.path() / "status");
    if (status.starts_with("Name:\tmediadock-thumb") && status.find(parent) != std::string::npos) {
      return entry.path();
    }
  }
  throw std::runtime_error("the thumbnailer does not run");
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
    const auto process = thumbnailerProcess();
    const auto deadline = CallContext::Clock::now() + std::chrono::seconds(30);
    do {
      facts = factsOfProcess(process);
      std::this_thread::yield();
    } while (facts.status.find("Seccomp:\t2") == std::string::npos &&
             CallContext::Clock::now() < deadline);
  }

  bool hasSeen_ = false;
};

TEST(Thumbnailer, X40IsConfined) {
  ::setenv("MEDIADOCK_STORAGE_NEXTCLOUD_PASSWORD", "very secret", 1);
  const int left = ::dup(STDERR_FILENO);
  WatchingStream source(redAndBlue(40, 30, ".jpg"));

  const Rendered rendered = ThumbnailRenderer(MEDIADOCK_THUMBNAILER)
                                .render(source, 64, ThumbnailFormat::Jpeg, CallContext());
  ::close(left);

  EXPECT_EQ(rendered.verdict, RenderVerdict::Picture);
  EXPECT_THAT(source.facts.status, AllOf(HasSubstr("Seccomp:\t2"), HasSubstr("NoNewPrivs:\t1")));
  EXPECT_THAT(source.facts.limits, AllOf(testing::ContainsRegex("Max cpu time +10 +11 "),
                                         testing::ContainsRegex("Max file size +0 +0 "),
                                         testing::ContainsRegex("Max core file size +0 +0 ")));
  EXPECT_EQ(source.facts.environment,
            std::string("LC_ALL=C\0MALLOC_ARENA_MAX=1\0VIPS_CONCURRENCY=1\0", 47));
  EXPECT_THAT(source.facts.files, ElementsAre("/dev/null", testing::StartsWith("socket:")));
}

// Sanitizers need terabytes of addresses for themselves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Thumbnailer, HasOneGibibyteOfMemory) {
  // It has to be in memory as a whole, which would be 2 GB.
  WatchingStream source(interlacedPngOfSize(15900, 16000));

  const Rendered rendered = ThumbnailRenderer(MEDIADOCK_THUMBNAILER)
                                .render(source, 64, ThumbnailFormat::Jpeg, CallContext());

  EXPECT_EQ(rendered.verdict, RenderVerdict::TooMuch);
  EXPECT_THAT(source.facts.limits, testing::ContainsRegex("Max address space +1073741824 "));
}
#endif

}  // namespace
}  // namespace mediadock
