#include "media/thumbnails/filter_process.h"

#include "media/thumbnails/thumbnail_renderer.h"
#include "mediadock/storage_error.h"
#include "support/memory_stream.h"
#include "support/storage_error_matcher.h"
#include "support/temp_directory.h"

#include <gmock/gmock.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace mediadock::media {
namespace {

using testing::HasSubstr;

/// A stream that breaks off, or stops the one who reads it.
class FailingStream final : public MemoryStream {
 public:
  explicit FailingStream(StorageErrc code) : MemoryStream("x"), code_(code) {}

  std::size_t read(std::span<std::byte> /*buffer*/) override {
    throw StorageError(code_, "injected");
  }

 private:
  StorageErrc code_;
};

/// Runs a line of shell on `input`.
std::string runShell(const std::string& line, const std::string& input = "",
                     const CallContext& context = {}) {
  MemoryStream source(input);
  FilterProcess process("/bin/sh", {"-c", line}, {"NAME=value"});
  std::string output = process.run(source, 100'000'000, context);
  process.wait();
  return output;
}

std::size_t openDescriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

CallContext dueAfter(std::chrono::milliseconds time) {
  CallContext context;
  context.deadline = CallContext::Clock::now() + time;
  return context;
}

TEST(FilterProcess, MakesOneStreamOfAnother) {
  const std::string input(3'000'000, 'a');

  EXPECT_EQ(runShell("tr a b", input), std::string(3'000'000, 'b'));
}

TEST(FilterProcess, TellsHowItEnded) {
  MemoryStream source("");
  FilterProcess exits("/bin/sh", {"-c", "exit 12"}, {});
  exits.run(source, 1, {});
  FilterProcess dies("/bin/sh", {"-c", "kill -SEGV $$"}, {});
  dies.run(source, 1, {});

  EXPECT_EQ(exits.wait().exitStatus, 12);
  EXPECT_EQ(dies.wait().signal, SIGSEGV);
}

TEST(FilterProcess, MayHaveSeenEnough) {
  EXPECT_EQ(runShell("head -c 3; exec 0<&-", std::string(3'000'000, 'a')), "aaa");
}

TEST(FilterProcess, IsGivenNothingButItsEnvironment) {
  ::setenv("MEDIADOCK_STORAGE_NEXTCLOUD_PASSWORD", "very secret", 1);

  const std::string environment = runShell("/usr/bin/env");

  EXPECT_THAT(environment, HasSubstr("NAME=value"));
  EXPECT_THAT(environment, testing::Not(HasSubstr("very secret")));
}

TEST(FilterProcess, InheritsNoDescriptor) {
  const int left = ::open("/dev/zero", O_RDONLY);
  ASSERT_GE(left, 0);

  const std::string descriptors = runShell("/bin/ls -l /proc/self/fd");
  ::close(left);

  EXPECT_THAT(descriptors, HasSubstr("/dev/null"));
  EXPECT_THAT(descriptors, testing::Not(HasSubstr("/dev/zero")));
}

TEST(FilterProcess, LeavesNothingBehind) {
  runShell("cat", "x");
  const auto before = openDescriptors();

  for (int i = 0; i < 20; ++i) {
    runShell("cat", "x");
    FailingStream source(StorageErrc::Truncated);
    EXPECT_THROW(FilterProcess("/bin/cat", {}, {}).run(source, 10, {}), StorageError);
  }

  EXPECT_EQ(openDescriptors(), before);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(FilterProcess, EndsAtTheDeadline) {
  EXPECT_THAT([] { runShell("sleep 100", "", dueAfter(std::chrono::milliseconds(200))); },
              ThrowsStorageError(StorageErrc::Timeout));
}

TEST(FilterProcess, EndsWhereItIsCancelled) {
  std::stop_source stop;
  CallContext context;
  context.cancellation = stop.get_token();
  stop.request_stop();

  EXPECT_THAT([&] { runShell("sleep 100", "", context); },
              ThrowsStorageError(StorageErrc::Cancelled));
}

TEST(FilterProcess, MayNotWriteWithoutEnd) {
  MemoryStream source("");
  FilterProcess process("/bin/cat", {"/dev/zero"}, {});

  EXPECT_THAT([&] { process.run(source, 1000, {}); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST(FilterProcess, TellsWhatItsSourceSays) {
  FailingStream source(StorageErrc::Truncated);
  FilterProcess process("/bin/cat", {}, {});

  EXPECT_THAT([&] { process.run(source, 1000, {}); }, ThrowsStorageError(StorageErrc::Truncated));
}

TEST(FilterProcess, NeedsItsProgram) {
  EXPECT_THAT([] { FilterProcess("/nonexistent/program", {}, {}); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

/// The head of a JPEG, such as a thumbnail has, for printf: 64 by 48 pixels, and 65 by 48.
constexpr const char* kJpegHead = "\\377\\330\\377\\300\\000\\021\\010\\000\\060\\000\\100";
constexpr const char* kWiderHead = "\\377\\330\\377\\300\\000\\021\\010\\000\\060\\000\\101";

std::string print(const std::string& bytes) {
  return "printf '" + bytes + "'; ";
}

/// A thumbnailer that does what a line of shell says.
class ScriptedRenderer : public testing::Test {
 protected:
  Rendered render(const std::string& line,
                  std::uint64_t maxSourceBytes = kMaxThumbnailSourceBytes) {
    const auto program = folder.path() / "thumbnailer";
    std::ofstream(program) << "#!/bin/sh\n" << line << "\n";
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    MemoryStream source("content");
    return ThumbnailRenderer(program, maxSourceBytes)
        .render(source, 64, ThumbnailFormat::Jpeg, dueAfter(std::chrono::seconds(20)));
  }

  TempDirectory folder;
};

TEST_F(ScriptedRenderer, IsToldWhatIsWanted) {
  EXPECT_THAT(render(print(kJpegHead) + "printf \"$*\"; cat").bytes,
              testing::EndsWith("64 jpegcontent"));
}

TEST_F(ScriptedRenderer, GivesUpOnWhatTakesTheDecoderDown) {
  for (const char* signal : {"SEGV", "BUS", "XCPU", "SYS"}) {
    EXPECT_EQ(render("kill -" + std::string(signal) + " $$").verdict, RenderVerdict::TooMuch);
  }
}

TEST_F(ScriptedRenderer, FailsWhereItIsKilledAndGoesOn) {
  EXPECT_THAT([this] { render("kill -KILL $$"); }, ThrowsStorageError(StorageErrc::Unavailable));

  EXPECT_EQ(render(print(kJpegHead)).verdict, RenderVerdict::Picture);
}

TEST_F(ScriptedRenderer, FailsWhereItIsBroken) {
  EXPECT_THAT([this] { render("exit 127"); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(ScriptedRenderer, TrustsNothingButAPicture) {
  EXPECT_THAT([this] { render("echo '<script>alert(1)</script>'"); },
              ThrowsStorageError(StorageErrc::Unavailable));
  EXPECT_THAT([this] { render("printf '\\377\\330\\377'"); },
              ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(ScriptedRenderer, TrustsNoPictureLargerThanAsked) {
  EXPECT_THAT([this] { render(print(kWiderHead)); }, ThrowsStorageError(StorageErrc::Unavailable));
}

TEST_F(ScriptedRenderer, GivesUpOnASourceWithMoreThanItMayHave) {
  const std::string line = "cat >/dev/null; " + print(kJpegHead);

  EXPECT_EQ(render(line, 6).verdict, RenderVerdict::TooMuch);
  EXPECT_EQ(render(line, 7).verdict, RenderVerdict::Picture);
}

}  // namespace
}  // namespace mediadock::media
