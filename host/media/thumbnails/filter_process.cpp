#include "media/thumbnails/filter_process.h"

#include "mediadock/storage_error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <span>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace mediadock::media {
namespace {

constexpr std::size_t kBlock = 64 * 1024;
/// How often a wait checks for cancellation.
constexpr std::chrono::milliseconds kGlance{100};
constexpr std::chrono::seconds kEndTimeout{5};

[[noreturn]] void fail(const std::string& what, int error) {
  throw StorageError({.code = StorageErrc::Unavailable,
                      .message = what + ": " + std::strerror(error),
                      .retry = Retry::AfterDelay});
}

std::vector<char*> pointersTo(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

/// The actions between fork and exec.
class ChildSetup {
 public:
  explicit ChildSetup(int socket) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_adddup2(&actions_, socket, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, socket, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    ::posix_spawn_file_actions_addchdir_np(&actions_, "/");
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }

  ~ChildSetup() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }

  ChildSetup(const ChildSetup&) = delete;
  ChildSetup& operator=(const ChildSetup&) = delete;

  int spawn(pid_t& pid, char* const* arguments, char* const* environment) const {
    return ::posix_spawn(&pid, arguments[0], &actions_, &attributes_, arguments, environment);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// Writes to and reads from the process at the same time.
class Conversation {
 public:
  Conversation(int socket, IReadStream& source, std::size_t most, const CallContext& context)
      : socket_(socket),
        source_(source),
        most_(most),
        context_(context),
        block_(kBlock) {}

  std::string run() {
    while (!isAnswered_) {
      if (isFeeding_ && pending_.empty()) {
        refill();
      }
      const short events = await();
      if ((events & (POLLIN | POLLHUP | POLLERR)) != 0) {
        receive();
      }
      if ((events & POLLOUT) != 0) {
        feed();
      }
    }
    return std::move(answer_);
  }

 private:
  void refill() {
    const std::size_t got = source_.read(block_);
    pending_ = std::span(block_).first(got);
    if (got == 0) {
      endFeeding();
    }
  }

  void endFeeding() {
    isFeeding_ = false;
    pending_ = {};
    ::shutdown(socket_, SHUT_WR);
  }

  short await() {
    const auto wanted = static_cast<short>(isFeeding_ ? POLLIN | POLLOUT : POLLIN);
    pollfd waited{socket_, wanted, 0};
    while (::poll(&waited, 1, static_cast<int>(kGlance.count())) <= 0) {
      if (context_.cancellation.stop_requested()) {
        throw StorageError(StorageErrc::Cancelled, "the server is stopping");
      }
      if (CallContext::Clock::now() >= context_.deadline) {
        throw StorageError(StorageErrc::Timeout, "the program was not done in time");
      }
    }
    return waited.revents;
  }

  void feed() {
    const auto sent =
        ::send(socket_, pending_.data(), pending_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) {
      pending_ = pending_.subspan(static_cast<std::size_t>(sent));
    } else if (errno != EAGAIN && errno != EINTR) {
      // It stopped reading.
      endFeeding();
    }
  }

  void receive() {
    std::array<char, kBlock> buffer{};
    const auto got = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
      return;
    }
    // End of file, or a reset because it exited without reading everything; its output arrived
    // before.
    if (got <= 0) {
      isAnswered_ = true;
      return;
    }
    answer_.append(buffer.data(), static_cast<std::size_t>(got));
    if (answer_.size() > most_) {
      throw StorageError(StorageErrc::Unavailable, "the program writes without end");
    }
  }

  int socket_;
  IReadStream& source_;
  std::size_t most_;
  const CallContext& context_;
  std::vector<std::byte> block_;
  /// The unsent part of the block.
  std::span<std::byte> pending_;
  bool isFeeding_ = true;
  bool isAnswered_ = false;
  std::string answer_;
};

}  // namespace

FilterProcess::FilterProcess(const std::filesystem::path& program,
                             std::vector<std::string> arguments,
                             std::vector<std::string> environment) {
  std::array<int, 2> sockets{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets.data()) != 0) {
    fail("no connection to a program", errno);
  }
  socket_ = sockets[0];
  arguments.insert(arguments.begin(), program.string());
  const auto argumentPointers = pointersTo(arguments);
  const auto variables = pointersTo(environment);
  const int error = ChildSetup(sockets[1]).spawn(pid_, argumentPointers.data(), variables.data());
  ::close(sockets[1]);
  if (error != 0) {
    close();
    fail("cannot start " + program.filename().string(), error);
  }
}

FilterProcess::~FilterProcess() {
  close();
  if (!isReaped_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

std::string FilterProcess::run(IReadStream& source, std::size_t most, const CallContext& context) {
  return Conversation(socket_, source, most, context).run();
}

ProcessEnd FilterProcess::wait() {
  close();
  const int handle = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
  pollfd waited{handle, POLLIN, 0};
  const int ready =
      handle < 0
          ? 0
          : ::poll(&waited, 1, static_cast<int>(std::chrono::milliseconds(kEndTimeout).count()));
  if (handle >= 0) {
    ::close(handle);
  }
  if (ready <= 0) {
    throw StorageError(StorageErrc::Timeout, "the program does not end");
  }
  int status = 0;
  ::waitpid(pid_, &status, 0);
  isReaped_ = true;
  return WIFEXITED(status) ? ProcessEnd{.exitStatus = WEXITSTATUS(status)}
                           : ProcessEnd{.signal = WTERMSIG(status)};
}

void FilterProcess::close() noexcept {
  if (socket_ >= 0) {
    ::close(std::exchange(socket_, -1));
  }
}

}  // namespace mediadock::media
