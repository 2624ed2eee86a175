#include "storage/loading/plugin_probe.h"

#include "base/unique_descriptor.h"
#include "storage/boundary/fault_boundary_provider.h"
#include "storage/loading/plugin_file.h"
#include "storage/loading/plugin_loader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sstream>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace mediadock::storage {
namespace {

using Clock = std::chrono::steady_clock;

/// How often to check that the child is alive; end of file is not enough, since its own children
/// may keep the pipe open.
constexpr int kLookMilliseconds = 50;

/// Separates the fields of a report. No field contains it.
constexpr char kEnd = '\0';

/// The child's end of a report. Written field by field, so that what came before a crash is known.
class ReportWriter {
 public:
  explicit ReportWriter(int pipe) : pipe_(pipe) {}

  void write(std::string field) const {
    std::replace(field.begin(), field.end(), kEnd, ' ');
    field += kEnd;
    for (std::string_view rest = field; !rest.empty();) {
      const auto done = ::write(pipe_, rest.data(), rest.size());
      if (done < 0 && errno != EINTR) {
        return;
      }
      rest.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(done, 0)));
    }
  }

 private:
  int pipe_;
};

/// Runs in the child. Writes refusal, version, ABI, note, number of abilities, abilities. An
/// exception becomes a refusal, or, once the plugin is loaded, a note.
void describe(const std::filesystem::path& file, ILogSink& log, const ReportWriter& report) {
  const PluginDescriptor* plugin = nullptr;
  try {
    plugin = &loadPlugin(file);
  } catch (const StorageError& error) {
    report.write(error.what());
    return;
  }
  report.write("");
  report.write(plugin->version);
  report.write(std::to_string(plugin->abiMajor) + "." + std::to_string(plugin->abiMinor));
  std::vector<std::string_view> abilities;
  std::string note;
  try {
    const Settings defaults;
    const auto provider = createGuarded(*plugin, {.settings = defaults, .log = log});
    abilities = abilityNames(provider->capabilities());
  } catch (const StorageError& error) {
    note = error.what();
  }
  report.write(note);
  report.write(std::to_string(abilities.size()));
  for (const std::string_view ability : abilities) {
    report.write(std::string(ability));
  }
}

/// Makes the child end with its parent, write no core dump, and leave its parent's process group,
/// standard input and standard output.
void isolate() {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  if (const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC); null >= 0) {
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);
  }
}

[[noreturn]] void runChild(const std::filesystem::path& file, ILogSink& log, int pipe) {
  isolate();
  try {
    describe(file, log, ReportWriter(pipe));
    ::_exit(0);
  } catch (...) {
    ::_exit(1);
  }
}

/// A child process and the report read from it so far.
class Probe {
 public:
  Probe(const std::filesystem::path& file, ILogSink& log) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    pipe_ = base::UniqueDescriptor(ends[0]);
    const base::UniqueDescriptor childsEnd(ends[1]);
    child_ = ::fork();
    if (child_ == 0) {
      runChild(file, log, childsEnd.get());
    }
    if (child_ < 0) {
      throw std::system_error(errno, std::generic_category(), "fork");
    }
  }

  ~Probe() { end(); }

  Probe(const Probe&) = delete;
  Probe& operator=(const Probe&) = delete;
  Probe(Probe&&) = delete;
  Probe& operator=(Probe&&) = delete;

  /// Reads the report until the child has ended, or until `deadline`.
  void read(Clock::time_point deadline) {
    bool isOpen = true;
    while (isOpen && Clock::now() < deadline) {
      pollfd ready{.fd = pipe_.get(), .events = POLLIN, .revents = 0};
      isOpen = ::poll(&ready, 1, kLookMilliseconds) <= 0 ? !hasEnded() : readSome();
    }
    while (!hasEnded() && Clock::now() < deadline) {
      ::poll(nullptr, 0, 1);
    }
  }

  /// How the child ended; kills it and the processes it started if necessary.
  int end() {
    if (child_ > 0) {
      wasKilled_ = !hasEnded();
      ::kill(-child_, SIGKILL);
      ::kill(child_, SIGKILL);
      ::waitpid(child_, &status_, 0);
      child_ = -1;
    }
    return status_;
  }

  /// Whether it had to be killed.
  bool wasKilled() const { return wasKilled_; }

  std::vector<std::string> fields() const {
    std::vector<std::string> fields;
    std::size_t begin = 0;
    for (std::size_t end = told_.find(kEnd); end != std::string::npos;
         end = told_.find(kEnd, begin)) {
      fields.push_back(told_.substr(begin, end - begin));
      begin = end + 1;
    }
    return fields;
  }

 private:
  bool readSome() {
    std::array<char, 4096> block{};
    const auto got = ::read(pipe_.get(), block.data(), block.size());
    if (got > 0) {
      told_.append(block.data(), static_cast<std::size_t>(got));
    }
    return told_.size() < kMostReportBytes && (got > 0 || (got < 0 && errno == EINTR));
  }

  /// Does not reap the child, so that its process id is not reused.
  bool hasEnded() const {
    siginfo_t info{};
    return child_ <= 0 ||
           (::waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid == child_);
  }

  base::UniqueDescriptor pipe_;
  pid_t child_ = -1;
  int status_ = 0;
  bool wasKilled_ = false;
  std::string told_;
};

std::string endOf(int status) {
  std::ostringstream text;
  if (WIFSIGNALED(status)) {
    text << "ended the process by signal " << WTERMSIG(status) << " ("
         << ::strsignal(WTERMSIG(status)) << ")";
  } else if (WIFEXITED(status)) {
    text << "ended the process with status " << WEXITSTATUS(status);
  } else {
    text << "could not be tried";
  }
  return text.str();
}

}  // namespace

PluginReport probePlugin(const std::filesystem::path& file, ILogSink& log,
                         std::chrono::milliseconds timeout) {
  PluginReport report{.path = file, .name = pluginNameOf(file).value_or("")};
  Probe probe(file, log);
  probe.read(Clock::now() + timeout);
  // A child that has written its report is about to exit by itself.
  auto fields = probe.fields();
  constexpr std::size_t kFixed = 5;
  const bool isRefused = fields.size() == 1 && !fields[0].empty();
  const bool isWhole =
      fields.size() >= kFixed && std::to_string(fields.size() - kFixed) == fields[kFixed - 1];
  if (isRefused) {
    report.refusal = std::move(fields[0]);
  } else if (isWhole) {
    report.version = fields[1];
    report.abi = fields[2];
    report.note = fields[3];
    report.abilities.assign(fields.begin() + kFixed, fields.end());
  } else {
    const int status = probe.end();
    const std::string limit = std::to_string(timeout.count()) + " ms";
    report.refusal =
        "plugin '" + file.string() + "' is refused: expected a " +
        (fields.empty() ? "library that can be loaded" : "factory that makes a provider") +
        ", found one that " + (probe.wasKilled() ? "took longer than " + limit : endOf(status));
  }
  return report;
}

}  // namespace mediadock::storage
