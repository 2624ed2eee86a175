// A plugin that keeps files in memory, and answers one thing wrong: what its setting `lie` says.

#include "mediadock/plugin.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <map>
#include <mutex>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace mediadock {
namespace {

constexpr SettingSpec kSettings[] = {{"lie", "", "What is answered wrong."},
                                     {"etags", "true", "Whether entries have one."}};

constexpr std::size_t kMinusOne = std::numeric_limits<std::size_t>::max();

using Files = std::map<StoragePath, std::string>;

/// What provider and streams share.
struct Shelf {
  bool tells(std::string_view what) const { return lie == what; }

  Entry entry(const StoragePath& path, std::size_t size) const {
    Entry entry{.path = path, .size = size, .contentType = "text/plain"};
    if (hasEtags) {
      entry.etag = ETag{"size-" + std::to_string(size)};
    }
    return entry;
  }

  std::string lie;
  bool hasEtags = true;
  std::mutex mutex;
  Files files;
};

/// An open file that has no name.
int openMemory(const std::string& bytes) {
  const int descriptor = ::memfd_create("lying", MFD_CLOEXEC);
  static_cast<void>(::write(descriptor, bytes.data(), bytes.size()));
  return descriptor;
}

class LyingReadStream final : public IReadStream {
 public:
  LyingReadStream(const Shelf& shelf, ReadInfo info, const std::string& bytes)
      : shelf_(shelf),
        info_(std::move(info)),
        bytes_(bytes.substr(info_.offset, info_.length.value_or(bytes.size()))),
        descriptor_(shelf.tells("write-only file") ? ::open("/dev/null", O_WRONLY | O_CLOEXEC)
                                                   : openMemory(bytes)) {
    misinform();
  }

  ~LyingReadStream() override { ::close(descriptor_); }

  LyingReadStream(const LyingReadStream&) = delete;
  LyingReadStream& operator=(const LyingReadStream&) = delete;
  LyingReadStream(LyingReadStream&&) = delete;
  LyingReadStream& operator=(LyingReadStream&&) = delete;

  const ReadInfo& info() const override { return info_; }

  std::size_t read(std::span<std::byte> buffer) override {
    if (shelf_.tells("minus one bytes read")) {
      return kMinusOne;
    }
    if (shelf_.tells("one byte more read than there is room")) {
      return buffer.size() + 1;
    }
    if (shelf_.tells("bytes behind the end")) {
      return buffer.size();
    }
    if (shelf_.tells("an early end") && given_ > 0) {
      return 0;
    }
    const std::size_t most = shelf_.tells("an early end") ? 1 : buffer.size();
    const std::size_t count = std::min(most, bytes_.size() - given_);
    std::memcpy(buffer.data(), bytes_.data() + given_, count);
    given_ += count;
    return count;
  }

  std::optional<std::size_t> splice(int pipe, std::size_t most) override {
    const std::size_t count = std::min(most, bytes_.size() - given_);
    static_cast<void>(::write(pipe, bytes_.data() + given_, count));
    given_ += count;
    if (shelf_.tells("minus one bytes spliced")) {
      return kMinusOne;
    }
    if (shelf_.tells("more spliced than moved")) {
      return count + 1;
    }
    if (shelf_.tells("fewer spliced than moved")) {
      return count - 1;
    }
    return shelf_.tells("nothing spliced but moved") ? std::nullopt : std::optional(count);
  }

  std::optional<FileRegion> file() const override {
    FileRegion region{descriptor_, info_.offset, *info_.length};
    if (shelf_.tells("no file")) {
      region.descriptor = -1;
    } else if (shelf_.tells("a file that is not open")) {
      region.descriptor = std::numeric_limits<int>::max();
    } else if (shelf_.tells("a region behind the file's end")) {
      region.offset += 1;
    } else if (shelf_.tells("a region that begins before the file")) {
      region.offset -= 1;
    } else if (shelf_.tells("a region longer than the stream")) {
      region.length += 1;
    } else if (shelf_.tells("a region without end")) {
      region.length = kMinusOne;
    }
    return region;
  }

 private:
  void misinform() {
    if (shelf_.tells("a stream of another file")) {
      info_.entry.path = StoragePath::parse("folder/other");
    } else if (shelf_.tells("a stream of a directory")) {
      info_.entry.kind = EntryKind::Directory;
    } else if (shelf_.tells("a stream longer than its file")) {
      info_.length = *info_.entry.size + 1;
    } else if (shelf_.tells("a stream that begins elsewhere")) {
      info_.offset += 1;
      info_.length = *info_.length - 1;
    } else if (shelf_.tells("a stream of minus one bytes")) {
      info_.length = kMinusOne;
      info_.entry.size.reset();
    } else if (shelf_.tells("a stream of a part")) {
      info_.length = *info_.length - 1;
    }
  }

  const Shelf& shelf_;
  ReadInfo info_;
  const std::string bytes_;
  const int descriptor_;
  std::size_t given_ = 0;
};

class LyingWriteStream final : public IWriteStream {
 public:
  LyingWriteStream(Shelf& shelf, StoragePath path) : shelf_(shelf), path_(std::move(path)) {}

  void write(std::span<const std::byte> bytes) override {
    bytes_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }

  std::string suspend() override {
    if (shelf_.tells("a token that is empty")) {
      return "";
    }
    if (shelf_.tells("a token that is not text")) {
      return "\xff\xfe";
    }
    return std::string(shelf_.tells("a token without end") ? 1 << 20 : 1, 'x');
  }

  Entry commit() override {
    const std::lock_guard lock(shelf_.mutex);
    Entry entry = shelf_.entry(path_, bytes_.size());
    if (!shelf_.tells("a commit of nothing")) {
      shelf_.files[path_] = shelf_.tells("half of it committed") ? bytes_.substr(1) : bytes_;
    }
    if (shelf_.tells("a commit of another size")) {
      entry.size = bytes_.size() - 1;
    } else if (shelf_.tells("a commit without size or file")) {
      shelf_.files.erase(path_);
      entry.size.reset();
    } else if (shelf_.tells("a commit elsewhere")) {
      entry.path = StoragePath::parse("folder/other");
    } else if (shelf_.tells("a commit of a directory")) {
      entry.kind = EntryKind::Directory;
    }
    return entry;
  }

  void abort() noexcept override {}

 private:
  Shelf& shelf_;
  const StoragePath path_;
  std::string bytes_;
};

class LyingProvider final : public IStorageProvider {
 public:
  explicit LyingProvider(const ProviderContext& context) {
    shelf_.lie = context.settings.text("lie");
    shelf_.hasEtags = context.settings.flag("etags", true);
    shelf_.files[StoragePath::parse("folder/file")] = "0123456789";
  }

  Capabilities capabilities() const override {
    Capabilities can{.rangeRead = true, .etag = shelf_.hasEtags, .writeUnknownSize = true};
    can.writeResume = can.copy = can.move = can.quota = can.previews = can.caseSensitive = true;
    can.maxNameBytes = shelf_.tells("names of three bytes") ? 3 : 255;
    can.maxObjectBytes = shelf_.tells("objects of any size") ? kMinusOne : 0;
    can.forbiddenNames = {shelf_.tells("names that are not text") ? "\xff" : "con", "aux"};
    return can;
  }

  void check(const CallContext& /*context*/) override {}

  std::optional<Entry> stat(const StoragePath& path, const CallContext& /*context*/) override {
    failAsTold();
    const std::lock_guard lock(shelf_.mutex);
    const auto found = shelf_.files.find(path);
    if (found == shelf_.files.end()) {
      return std::nullopt;
    }
    return misdescribed(shelf_.entry(path, found->second.size()));
  }

  ListPage list(const StoragePath& path, const ListOptions& options,
                const CallContext& /*context*/) override {
    const std::string& token = options.token;
    ListPage page{.entries = {shelf_.entry(path.child("child"), 1)}};
    if (shelf_.tells("the same token again")) {
      page.nextToken = "again";
    } else if (shelf_.tells("two tokens in turn")) {
      page.nextToken = token == "one" ? "two" : "one";
    } else if (shelf_.tells("pages without end")) {
      page.nextToken = token + "x";
      page.entries.clear();
    } else if (shelf_.tells("a token without end")) {
      page.nextToken = std::string(1 << 20, 'x');
    } else if (shelf_.tells("a child of another folder")) {
      page.entries.push_back(shelf_.entry(StoragePath::parse("other/child"), 1));
    } else if (shelf_.tells("a grandchild")) {
      page.entries.push_back(shelf_.entry(path.child("child").child("child"), 1));
    } else if (shelf_.tells("the folder itself")) {
      page.entries.push_back(shelf_.entry(path, 1));
    } else if (shelf_.tells("a child twice")) {
      page.entries.push_back(page.entries.front());
    } else if (shelf_.tells("a page that is too long")) {
      page.entries.assign(options.pageSize + 1, page.entries.front());
    } else {
      page.entries = {misdescribed(page.entries.front())};
    }
    return page;
  }

  std::unique_ptr<IReadStream> openRead(const StoragePath& path, const ReadOptions& options,
                                        const CallContext& /*context*/) override {
    const std::lock_guard lock(shelf_.mutex);
    const std::string& bytes = shelf_.files.at(path);
    ReadInfo info{.entry = shelf_.entry(path, bytes.size()), .length = bytes.size()};
    if (options.range && !shelf_.tells("the whole for a part")) {
      info.offset = options.range->first.value_or(0);
      info.length = std::min<std::size_t>(options.range->last.value_or(kMinusOne) - info.offset,
                                          bytes.size() - 1 - info.offset) +
                    1;
    }
    return std::make_unique<LyingReadStream>(shelf_, std::move(info), bytes);
  }

  std::unique_ptr<IWriteStream> openWrite(const WriteTarget& target,
                                          const WriteOptions& /*options*/,
                                          const CallContext& /*context*/) override {
    return std::make_unique<LyingWriteStream>(shelf_, target.path);
  }

  void remove(const StoragePath& path, const RemoveOptions& /*options*/,
              const CallContext& /*context*/) override {
    const std::lock_guard lock(shelf_.mutex);
    shelf_.files.erase(path);
  }

  Entry copy(const StoragePath& from, const StoragePath& to, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    return shelf_.entry(shelf_.tells("a copy elsewhere") ? from : to, 10);
  }

  Entry move(const StoragePath& from, const StoragePath& to, Overwrite /*overwrite*/,
             const CallContext& /*context*/) override {
    return shelf_.entry(shelf_.tells("a move elsewhere") ? from : to, 10);
  }

  std::unique_ptr<IReadStream> openPreview(const StoragePath& path,
                                           const PreviewOptions& /*options*/,
                                           const CallContext& context) override {
    return openRead(path, {}, context);
  }

  Quota quota(const CallContext& /*context*/) override {
    return {.used = 1, .available = shelf_.tells("room without end") ? kMinusOne : 10};
  }

  void shutdown() noexcept override {}

 private:
  Entry misdescribed(Entry entry) const {
    if (shelf_.tells("another file")) {
      entry.path = StoragePath::parse("folder/other");
    } else if (shelf_.tells("a kind that is none")) {
      entry.kind = static_cast<EntryKind>(7);
    } else if (shelf_.tells("a size of minus one")) {
      entry.size = kMinusOne;
    } else if (shelf_.tells("an etag with a line break")) {
      entry.etag = ETag{"a\r\nSet-Cookie: b"};
    } else if (shelf_.tells("an etag without end")) {
      entry.etag = ETag{std::string(1 << 20, 'x')};
    } else if (shelf_.tells("a file id that is not text")) {
      entry.fileId = "\xff";
    } else if (shelf_.tells("a time that is none")) {
      entry.modifiedAt = Timestamp::max();
    } else if (shelf_.tells("a media type with a line break")) {
      entry.contentType = "text/html\r\nSet-Cookie: b";
    }
    return entry;
  }

  void failAsTold() const {
    if (shelf_.tells("a code that is none")) {
      throw StorageError(static_cast<StorageErrc>(1000), "what is this");
    }
    if (shelf_.tells("a message without end")) {
      throw StorageError(StorageErrc::Conflict, std::string(1 << 20, 'x'));
    }
    if (shelf_.tells("a message that is not text")) {
      throw StorageError(StorageErrc::Unavailable, "not\xff text\nbut two lines");
    }
    if (shelf_.tells("a wait until the end of time")) {
      throw StorageError({.code = StorageErrc::RateLimited,
                          .message = "wait",
                          .retryAfter = std::chrono::seconds::max()});
    }
  }

  Shelf shelf_;
};

std::unique_ptr<IStorageProvider> makeProvider(const ProviderContext& context) {
  return std::make_unique<LyingProvider>(context);
}

}  // namespace
}  // namespace mediadock

MEDIADOCK_PLUGIN("lying", "1.0.0", mediadock::kSettings, mediadock::makeProvider);
