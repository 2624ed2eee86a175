#include "media/types/type_sniffer.h"

#include "media/types/media_type_name.h"
#include "media/types/type_trust.h"
#include "mediadock/storage_error.h"

#include <algorithm>
#include <magic.h>
#include <string_view>
#include <thread>
#include <utility>

namespace mediadock::media {
namespace {

/// Sniffing is CPU-bound; more handles cost memory and gain nothing.
constexpr std::size_t kMaxHandles = 4;

/// Disabled are the checks that parse a whole format, which need more than a beginning and have had
/// many vulnerabilities, and the guesses at programming languages.
constexpr int kFlags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_NO_CHECK_ELF |
                       MAGIC_NO_CHECK_CDF | MAGIC_NO_CHECK_APPTYPE | MAGIC_NO_CHECK_TOKENS |
                       MAGIC_NO_CHECK_JSON | MAGIC_NO_CHECK_CSV;

std::string_view asText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool isUtf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

/// Recognises text as browsers do (WHATWG MIME Sniffing, binary data bytes): no control characters
/// that do not occur in text.
bool isReadable(std::string_view text) {
  return isUtf16(text) || std::none_of(text.begin(), text.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte < 0x20 && c != '\t' && c != '\n' && c != '\f' && c != '\r' && c != '\x1B';
         });
}

/// Whether `text` starts with a tag, a declaration or a comment. Skips byte order marks and the
/// zeros of UTF-16.
bool beginsAsMarkup(std::string_view text) {
  constexpr std::string_view kPassedOver("\xEF\xBB\xBF\xFE\xFF \t\r\n\f\v\0", 12);
  const std::size_t start = std::min(text.find_first_not_of(kPassedOver), text.size());
  if (start == text.size() || text[start] != '<') {
    return false;
  }
  const std::size_t next = std::min(text.find_first_not_of('\0', start + 1), text.size());
  const char c = next == text.size() ? '\0' : text[next];
  return c == '!' || c == '?' || c == '/' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

[[noreturn]] void fail(magic_t cookie) {
  const char* const reason = magic_error(cookie);
  throw StorageError(StorageErrc::Internal, std::string("libmagic cannot be used: ") +
                                                (reason == nullptr ? "unknown error" : reason));
}

}  // namespace

class TypeSniffer::Handle {
 public:
  Handle() : cookie_(magic_open(kFlags)) {
    if (cookie_ == nullptr) {
      throw StorageError(StorageErrc::Internal, "libmagic cannot be opened");
    }
    if (magic_load(cookie_.get(), nullptr) != 0) {
      fail(cookie_.get());
    }
  }

  std::string typeOf(std::string_view beginning) {
    const char* const type = magic_buffer(cookie_.get(), beginning.data(), beginning.size());
    if (type == nullptr) {
      fail(cookie_.get());
    }
    return canonicalMediaType(type);
  }

 private:
  struct Close {
    void operator()(magic_t cookie) const noexcept { magic_close(cookie); }
  };

  std::unique_ptr<std::remove_pointer_t<magic_t>, Close> cookie_;
};

/// Borrows a handle for one call.
class TypeSniffer::Lease {
 public:
  explicit Lease(TypeSniffer& sniffer) : sniffer_(sniffer) {
    std::unique_lock lock(sniffer_.mutex_);
    sniffer_.returned_.wait(lock,
                            [this] { return !sniffer_.idle_.empty() || sniffer_.unopened_ > 0; });
    if (!sniffer_.idle_.empty()) {
      handle_ = std::move(sniffer_.idle_.back());
      sniffer_.idle_.pop_back();
    } else {
      handle_ = std::make_unique<Handle>();
      --sniffer_.unopened_;
    }
  }

  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  ~Lease() {
    {
      const std::lock_guard lock(sniffer_.mutex_);
      sniffer_.idle_.push_back(std::move(handle_));
    }
    sniffer_.returned_.notify_one();
  }

  Handle& operator*() noexcept { return *handle_; }

 private:
  TypeSniffer& sniffer_;
  std::unique_ptr<Handle> handle_;
};

TypeSniffer::TypeSniffer()
    : unopened_(std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kMaxHandles)) {
  idle_.reserve(kMaxHandles);
}

TypeSniffer::~TypeSniffer() = default;

SniffedType TypeSniffer::sniff(std::span<const std::byte> beginning) {
  const std::string_view text = asText(beginning.first(std::min(beginning.size(), kBytes)));
  if (text.empty()) {
    return {.type = SniffedType::kEmpty, .isText = true};
  }
  SniffedType sniffed{.type = (*Lease(*this)).typeOf(text), .isText = isReadable(text)};
  if (beginsAsMarkup(text) && !runsInBrowser(sniffed.type)) {
    sniffed.type = "text/html";
  } else if (sniffed.type == SniffedType::kUnknown && sniffed.isText) {
    sniffed.type = "text/plain";
  }
  return sniffed;
}

}  // namespace mediadock::media
