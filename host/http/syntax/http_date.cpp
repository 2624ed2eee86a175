#include "http/syntax/http_date.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdio>

namespace mediadock::http {
namespace {

using std::chrono::days;
using std::chrono::sys_seconds;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 7> kLongDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                    "Thursday", "Friday", "Saturday"};

/// Parses a date from left to right; after the first mismatch it stays failed.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  void literal(std::string_view expected) {
    ok_ = ok_ && text_.starts_with(expected);
    text_.remove_prefix(ok_ ? expected.size() : 0);
  }

  int number(std::size_t digits) {
    int value = 0;
    const auto end = text_.data() + std::min(digits, text_.size());
    const auto [stop, error] = std::from_chars(text_.data(), end, value);
    ok_ = ok_ && text_.size() >= digits && error == std::errc() && stop == end && value >= 0;
    text_.remove_prefix(ok_ ? digits : 0);
    return value;
  }

  template <std::size_t Count>
  unsigned oneOf(const std::array<std::string_view, Count>& words) {
    for (unsigned i = 0; i < Count; ++i) {
      if (text_.starts_with(words[i])) {
        text_.remove_prefix(words[i].size());
        return i;
      }
    }
    ok_ = false;
    return 0;
  }

  bool startsWith(char c) const { return text_.starts_with(c); }

  bool isDone() const { return ok_ && text_.empty(); }

 private:
  std::string_view text_;
  bool ok_ = true;
};

struct Fields {
  int year = 0;
  unsigned month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

void readTime(Reader& reader, Fields& fields) {
  fields.hour = reader.number(2);
  reader.literal(":");
  fields.minute = reader.number(2);
  reader.literal(":");
  fields.second = reader.number(2);
}

int fullYear(int twoDigits) {
  const std::chrono::year_month_day today{
      std::chrono::floor<days>(std::chrono::system_clock::now())};
  const int thisYear = static_cast<int>(today.year());
  const int year = thisYear - thisYear % 100 + twoDigits;
  return year > thisYear + 50 ? year - 100 : year;
}

std::optional<sys_seconds> toTime(const Fields& fields) {
  const std::chrono::year_month_day date{std::chrono::year(fields.year),
                                         std::chrono::month(fields.month + 1),
                                         std::chrono::day(static_cast<unsigned>(fields.day))};
  // 60 is a leap second.
  if (!date.ok() || fields.hour > 23 || fields.minute > 59 || fields.second > 60) {
    return std::nullopt;
  }
  return std::chrono::sys_days(date) + std::chrono::hours(fields.hour) +
         std::chrono::minutes(fields.minute) + std::chrono::seconds(fields.second);
}

std::optional<sys_seconds> parseFixdate(std::string_view text) {
  Reader reader(text);
  Fields fields;
  reader.oneOf(kDays);
  reader.literal(", ");
  fields.day = reader.number(2);
  reader.literal(" ");
  fields.month = reader.oneOf(kMonths);
  reader.literal(" ");
  fields.year = reader.number(4);
  reader.literal(" ");
  readTime(reader, fields);
  reader.literal(" GMT");
  return reader.isDone() ? toTime(fields) : std::nullopt;
}

std::optional<sys_seconds> parseRfc850(std::string_view text) {
  Reader reader(text);
  Fields fields;
  reader.oneOf(kLongDays);
  reader.literal(", ");
  fields.day = reader.number(2);
  reader.literal("-");
  fields.month = reader.oneOf(kMonths);
  reader.literal("-");
  fields.year = fullYear(reader.number(2));
  reader.literal(" ");
  readTime(reader, fields);
  reader.literal(" GMT");
  return reader.isDone() ? toTime(fields) : std::nullopt;
}

std::optional<sys_seconds> parseAsctime(std::string_view text) {
  Reader reader(text);
  Fields fields;
  reader.oneOf(kDays);
  reader.literal(" ");
  fields.month = reader.oneOf(kMonths);
  reader.literal(" ");
  if (reader.startsWith(' ')) {
    reader.literal(" ");
    fields.day = reader.number(1);
  } else {
    fields.day = reader.number(2);
  }
  reader.literal(" ");
  readTime(reader, fields);
  reader.literal(" ");
  fields.year = reader.number(4);
  return reader.isDone() ? toTime(fields) : std::nullopt;
}

/// A UTC time broken down into date and time of day.
struct Broken {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<std::chrono::seconds> time;
  unsigned weekday;

  explicit Broken(sys_seconds moment)
      : date(std::chrono::floor<days>(moment)),
        time(moment - std::chrono::floor<days>(moment)),
        weekday(std::chrono::weekday(std::chrono::floor<days>(moment)).c_encoding()) {}
};

/// Returns the end of the written digits.
template <std::size_t Digits>
char* writeDigits(char* out, unsigned number) {
  for (std::size_t i = Digits; i > 0; --i) {
    out[i - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return out + Digits;
}

}  // namespace

std::string formatHttpDate(sys_seconds time) {
  const Broken at(time);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                kDays[at.weekday].data(), static_cast<unsigned>(at.date.day()),
                kMonths[static_cast<unsigned>(at.date.month()) - 1].data(),
                static_cast<int>(at.date.year()), static_cast<int>(at.time.hours().count()),
                static_cast<int>(at.time.minutes().count()),
                static_cast<int>(at.time.seconds().count()));
  return text.data();
}

std::optional<sys_seconds> parseHttpDate(std::string_view text) {
  auto time = parseFixdate(text);
  time = time ? time : parseRfc850(text);
  return time ? time : parseAsctime(text);
}

std::string formatRfc3339(std::chrono::sys_time<std::chrono::microseconds> time) {
  Rfc3339Buffer buffer{};
  return std::string(formatRfc3339(time, buffer));
}

std::string_view formatRfc3339(std::chrono::sys_time<std::chrono::microseconds> time,
                               Rfc3339Buffer& buffer) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto micros = static_cast<unsigned>((time - seconds).count());
  const Broken at(seconds);
  const int year = static_cast<int>(at.date.year());
  char* out = buffer.data();
  if (year >= 0 && year <= 9999) {
    out = writeDigits<4>(out, static_cast<unsigned>(year));
  } else {
    // Not an RFC 3339 date, but a file system may report it.
    out += std::snprintf(out, 8, "%04d", year);
  }
  *out++ = '-';
  out = writeDigits<2>(out, static_cast<unsigned>(at.date.month()));
  *out++ = '-';
  out = writeDigits<2>(out, static_cast<unsigned>(at.date.day()));
  *out++ = 'T';
  out = writeDigits<2>(out, static_cast<unsigned>(at.time.hours().count()));
  *out++ = ':';
  out = writeDigits<2>(out, static_cast<unsigned>(at.time.minutes().count()));
  *out++ = ':';
  out = writeDigits<2>(out, static_cast<unsigned>(at.time.seconds().count()));
  if (micros != 0) {
    *out++ = '.';
    out = writeDigits<6>(out, micros);
  }
  *out++ = 'Z';
  return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

}  // namespace mediadock::http
