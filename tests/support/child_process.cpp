#include "support/child_process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <sys/wait.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace mediadock {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kPollInterval{5};

std::string readWhole(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> mergeEnvironment(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> merged;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (!changes.contains(text.substr(0, text.find('=')))) {
      merged.push_back(text);
    }
  }
  for (const auto& [name, value] : changes) {
    if (!value.empty()) {
      merged.push_back(name + "=" + value);
    }
  }
  return merged;
}

std::vector<char*> toPointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

int openForCapture(const std::filesystem::path& file) {
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) {
    throw std::system_error(errno, std::generic_category(), file.string());
  }
  return descriptor;
}

/// What the child needs between fork and exec, where only async-signal-safe calls are allowed.
struct Launch {
  int output;
  int error;
  int report;
  const char* directory;
  char* const* arguments;
  char* const* environment;
};

[[noreturn]] void becomeProgram(const Launch& launch) {
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::dup2(launch.output, STDOUT_FILENO);
  ::dup2(launch.error, STDERR_FILENO);
  if (*launch.directory == '\0' || ::chdir(launch.directory) == 0) {
    ::execvpe(launch.arguments[0], launch.arguments, launch.environment);
  }
  const int error = errno;
  [[maybe_unused]] const ssize_t written = ::write(launch.report, &error, sizeof error);
  ::_exit(127);
}

}  // namespace

ChildProcess::ChildProcess(Options options) {
  std::vector<std::string> environment = mergeEnvironment(options.environment);
  const std::vector<char*> arguments = toPointers(options.command);
  const std::vector<char*> variables = toPointers(environment);
  int report[2];
  if (::pipe2(report, O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "pipe2");
  }
  const int output = openForCapture(outputFile());
  const int error = openForCapture(errorFile());
  pid_ = ::fork();
  if (pid_ == 0) {
    becomeProgram({output, error, report[1], options.workingDirectory.c_str(), arguments.data(),
                   variables.data()});
  }
  ::close(output);
  ::close(error);
  ::close(report[1]);
  // The pipe closes by itself when exec succeeds, so a report means that it failed.
  int failure = pid_ < 0 ? errno : 0;
  const bool failed =
      pid_ < 0 || ::read(report[0], &failure, sizeof failure) == ssize_t{sizeof failure};
  ::close(report[0]);
  if (failed) {
    if (pid_ > 0) {
      ::waitpid(pid_, nullptr, 0);
    }
    throw std::system_error(failure, std::generic_category(), "start " + options.command.front());
  }
}

ChildProcess::~ChildProcess() {
  if (!exitCode_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

std::string ChildProcess::waitForLine(std::string_view part, std::chrono::milliseconds deadline) {
  const auto end = Clock::now() + deadline;
  for (;;) {
    // Asked before reading: what a child printed last is still seen after its end.
    const bool wasRunning = isRunning();
    const std::string printed = standardOutput();
    for (std::size_t start = 0, stop; (stop = printed.find('\n', start)) != std::string::npos;
         start = stop + 1) {
      std::string line = printed.substr(start, stop - start);
      if (line.find(part) != std::string::npos) {
        return line;
      }
    }
    if (!wasRunning || Clock::now() >= end) {
      throw std::runtime_error("no line with '" + std::string(part) + "'; printed:\n" + printed +
                               standardError());
    }
    std::this_thread::sleep_for(kPollInterval);
  }
}

void ChildProcess::signal(int number) {
  if (isRunning()) {
    ::kill(pid_, number);
  }
}

bool ChildProcess::isRunning() {
  int status = 0;
  if (!exitCode_ && ::waitpid(pid_, &status, WNOHANG) == pid_) {
    exitCode_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }
  return !exitCode_;
}

int ChildProcess::waitForExit(std::chrono::milliseconds deadline) {
  const auto end = Clock::now() + deadline;
  while (isRunning()) {
    if (Clock::now() >= end) {
      throw std::runtime_error("process " + std::to_string(pid_) + " does not end");
    }
    std::this_thread::sleep_for(kPollInterval);
  }
  return *exitCode_;
}

std::string ChildProcess::standardOutput() const {
  return readWhole(outputFile());
}

std::string ChildProcess::standardError() const {
  return readWhole(errorFile());
}

std::uint64_t ChildProcess::peakMemoryBytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stoull(line.substr(std::strlen("VmHWM:"))) * 1024;
    }
  }
  throw std::runtime_error("process " + std::to_string(pid_) + " has no memory figures");
}

std::string runProgram(std::vector<std::string> command) {
  const std::string name = command.front();
  ChildProcess child({.command = std::move(command)});
  // A program that moves gigabytes may be one of several that do, on a slow machine.
  constexpr std::chrono::minutes kTimeout{4};
  if (const int code = child.waitForExit(kTimeout); code != 0) {
    throw std::runtime_error(name + " exits with " + std::to_string(code) + ": " +
                             child.standardError());
  }
  return child.standardOutput();
}

}  // namespace mediadock
