#pragma once

/// \file
/// What goes to a log while a test looks.

#include <Poco/AutoPtr.h>
#include <Poco/Channel.h>
#include <Poco/Logger.h>
#include <Poco/Message.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

/// Looks from its making on. The channel that it puts in place stays to the end of the process: a
/// server's threads may still log when the test has seen enough.
class LogCapture {
 public:
  /// \param logger such as `access`.
  explicit LogCapture(const std::string& logger) : lines_(installed(logger)) { lines_.clear(); }

  /// Waits until `count` lines have `text` in them, at most ten seconds. Returns how many have.
  std::size_t await(std::string_view text, std::size_t count) { return lines_.await(text, count); }

 private:
  class Lines final : public Poco::Channel {
   public:
    void log(const Poco::Message& message) override {
      const std::lock_guard lock(mutex_);
      lines_.push_back(message.getText());
      came_.notify_all();
    }

    void clear() {
      const std::lock_guard lock(mutex_);
      lines_.clear();
    }

    std::size_t await(std::string_view text, std::size_t count) {
      std::unique_lock lock(mutex_);
      const auto matching = [&] {
        return static_cast<std::size_t>(std::count_if(
            lines_.begin(), lines_.end(),
            [&](const std::string& line) { return line.find(text) != std::string::npos; }));
      };
      came_.wait_for(lock, std::chrono::seconds(10), [&] { return matching() >= count; });
      return matching();
    }

   private:
    std::mutex mutex_;
    std::condition_variable came_;
    std::vector<std::string> lines_;
  };

  static Lines& installed(const std::string& name) {
    static std::map<std::string, Poco::AutoPtr<Lines>> all;
    auto& lines = all[name];
    if (!lines) {
      lines = new Lines;
      auto& logger = Poco::Logger::get(name);
      logger.setLevel(Poco::Message::PRIO_INFORMATION);
      logger.setChannel(lines);
    }
    return *lines;
  }

  Lines& lines_;
};

}  // namespace mediadock::http
