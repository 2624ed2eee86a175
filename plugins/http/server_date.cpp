#include "http/server_date.h"

#include "http/http_head.h"

#include <algorithm>
#include <cstdint>

namespace mediadock::http_client {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isLetter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Parses a text from left to right. After a mismatch it stays failed.
class DateReader {
 public:
  DateReader(std::string_view text, std::chrono::system_clock::time_point now)
      : rest_(text),
        now_(now) {}

  std::optional<Timestamp> read() {
    if (rest_.size() > 4 && isDigit(rest_.front()) && rest_[4] == '-') {
      readRfc3339();
    } else if (!rest_.empty() && isDigit(rest_.front())) {
      readRfc5322();
    } else {
      word();
      take(',') ? readRfc5322() : readAsctime();
    }
    return result();
  }

 private:
  /// `1994-11-06T08:49:37.5+01:00`
  void readRfc3339() {
    year_ = number(4, 4);
    require('-');
    month_ = number(2, 2);
    require('-');
    day_ = number(2, 2);
    hasFailed_ = hasFailed_ || !(take('T') || take('t') || take(' '));
    readTime();
    readFraction();
    readZone();
  }

  /// `06 Nov 1994 08:49:37 GMT`, and RFC 850's `06-Nov-94 08:49:37 GMT`.
  void readRfc5322() {
    blanks();
    day_ = number(1, 2);
    const char separator = take('-') ? '-' : ' ';
    separator == '-' ? void() : blanks();
    month_ = monthOf(word());
    separator == '-' ? require('-') : blanks();
    readYear();
    require(' ');
    readTime();
    require(' ');
    readZone();
  }

  /// `Nov  6 08:49:37 1994`
  void readAsctime() {
    require(' ');
    month_ = monthOf(word());
    blanks();
    day_ = number(1, 2);
    require(' ');
    readTime();
    require(' ');
    year_ = number(4, 4);
  }

  void readYear() {
    const auto before = rest_.size();
    year_ = number(2, 4);
    if (before - rest_.size() == 2) {
      const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now_));
      year_ += 2000;
      year_ -= year_ > static_cast<int>(today.year()) + 50 ? 100 : 0;
    }
    hasFailed_ = hasFailed_ || before - rest_.size() == 3;
  }

  void readTime() {
    const int hour = number(2, 2);
    require(':');
    const int minute = number(2, 2);
    require(':');
    const int second = number(2, 2);
    // 60 is a leap second.
    hasFailed_ = hasFailed_ || hour > 23 || minute > 59 || second > 60;
    time_ = hours(hour) + minutes(minute) + seconds(second);
  }

  void readFraction() {
    if (!take('.') && !take(',')) {
      return;
    }
    hasFailed_ = hasFailed_ || rest_.empty() || !isDigit(rest_.front());
    for (microseconds step(100000); !rest_.empty() && isDigit(rest_.front()); step /= 10) {
      time_ += step * (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
  }

  void readZone() {
    if (!rest_.empty() && isLetter(rest_.front())) {
      const auto name = word();
      hasFailed_ = hasFailed_ ||
                   (name != "GMT" && name != "UTC" && name != "UT" && name != "Z" && name != "z");
      return;
    }
    const bool isWest = take('-');
    isWest ? void() : require('+');
    const int hour = number(2, 2);
    take(':');
    const int minute = number(2, 2);
    hasFailed_ = hasFailed_ || hour > 23 || minute > 59;
    time_ -= (hours(hour) + minutes(minute)) * (isWest ? -1 : 1);
  }

  std::optional<Timestamp> result() const {
    const std::chrono::year_month_day date{std::chrono::year(year_),
                                           std::chrono::month(static_cast<unsigned>(month_)),
                                           std::chrono::day(static_cast<unsigned>(day_))};
    if (hasFailed_ || !rest_.empty() || !date.ok()) {
      return std::nullopt;
    }
    return Timestamp(std::chrono::sys_days(date)) + time_;
  }

  bool take(char wanted) {
    const bool isThere = rest_.starts_with(wanted);
    rest_.remove_prefix(isThere ? 1 : 0);
    return isThere;
  }

  void require(char wanted) { hasFailed_ = !take(wanted) || hasFailed_; }

  void blanks() {
    while (take(' ')) {
    }
  }

  std::string_view word() {
    const auto* const end = std::find_if_not(rest_.begin(), rest_.end(), isLetter);
    const auto found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    hasFailed_ = hasFailed_ || found.empty();
    return found;
  }

  int number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t digits = 0;
    for (; digits < most && !rest_.empty() && isDigit(rest_.front()); ++digits) {
      value = value * 10 + (rest_.front() - '0');
      rest_.remove_prefix(1);
    }
    hasFailed_ = hasFailed_ || digits < least;
    return value;
  }

  static int monthOf(std::string_view name) {
    constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const auto at = name.size() == 3 ? kMonths.find(name) : std::string_view::npos;
    return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
  }

  std::string_view rest_;
  std::chrono::system_clock::time_point now_;
  bool hasFailed_ = false;
  int year_ = 0;
  int month_ = 0;
  int day_ = 0;
  microseconds time_{0};
};

}  // namespace

std::optional<Timestamp> parseServerDate(std::string_view text,
                                         std::chrono::system_clock::time_point now) {
  return DateReader(text, now).read();
}

std::optional<std::chrono::seconds> parseRetryAfter(const std::string& text,
                                                    std::chrono::system_clock::time_point now) {
  constexpr std::uint64_t kLongest = 86400;
  if (const auto seconds = parseDecimal(text)) {
    return std::chrono::seconds(std::min(*seconds, kLongest));
  }
  const auto date = parseServerDate(text);
  if (!date) {
    return std::nullopt;
  }
  const auto left = std::chrono::ceil<std::chrono::seconds>(*date - now);
  return std::clamp(left, std::chrono::seconds(0), std::chrono::seconds(kLongest));
}

}  // namespace mediadock::http_client
