#include "directories/directory_listing.h"

#include "calls/errno_error.h"
#include "directories/list_token.h"
#include "disk/directory_scan.h"

#include <cerrno>
#include <fcntl.h>
#include <queue>
#include <string>
#include <utility>
#include <vector>

namespace mediadock::localdisk {
namespace {

constexpr std::size_t kMostNotes = 50;
/// Maximum number of entries per `next` of a stream.
constexpr std::size_t kEntriesPerStep = 250;

/// Keeps the first names in byte order of those offered.
class FirstNames {
 public:
  explicit FirstNames(std::size_t count) : count_(count) {}

  void offer(std::string name) {
    if (names_.size() == count_ && !(name < names_.top())) {
      return;
    }
    names_.push(std::move(name));
    if (names_.size() > count_) {
      names_.pop();
    }
  }

  std::vector<std::string> takeSorted() {
    std::vector<std::string> sorted(names_.size());
    for (auto place = sorted.rbegin(); place != sorted.rend(); ++place) {
      *place = names_.top();
      names_.pop();
    }
    return sorted;
  }

 private:
  std::size_t count_;
  std::priority_queue<std::string> names_;
};

/// Counts the omitted entries, and keeps a limited number of notes on why.
class Omissions {
 public:
  void add(std::string note) {
    if (++count_ <= kMostNotes) {
      notes_.push_back(std::move(note));
    }
  }

  void tell(ListPage& page) {
    if (count_ > kMostNotes) {
      notes_.push_back(std::to_string(count_ - kMostNotes) + " more entries were left out.");
    }
    page.notes = std::move(notes_);
    page.omitted = count_;
  }

 private:
  std::vector<std::string> notes_;
  std::size_t count_ = 0;
};

/// `name` in a form that can be shown in a log or a page.
std::string shown(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F) {
      text += c;
    } else {
      text += {'\\', 'x', kDigits[byte >> 4U], kDigits[byte & 0xFU]};
    }
  }
  return "'" + text + "'";
}

bool isUsableName(const StoragePath& parent, const std::string& name) {
  try {
    return parent.child(name).str().size() <= kMaxKernelPathBytes;
  } catch (const StorageError&) {
    return false;
  }
}

bool isHidden(const StoragePath& parent, const std::string& name) {
  return parent.isRoot() && name == kTempFolderName;
}

UniqueDescriptor openListed(const RootDirectory& root, const StoragePath& path, const Call& call) {
  auto directory = root.open(path, O_RDONLY | O_DIRECTORY);
  if (directory) {
    return directory;
  }
  const int error = errno;
  // The error is the same for listing a file, listing a pipe, and a path below a file.
  const bool isFile = error == ENOTDIR && root.status(path, call).has_value();
  call.failWithErrno(isFile || !saysAbsent(error) ? error : ENOENT, "opening the folder");
}

std::string afterName(const StoragePath& path, const ListOptions& options, const Call& call) {
  if (options.pageSize == 0) {
    call.fail(StorageErrc::InvalidArgument, "a page has at least one entry");
  }
  if (options.token.empty()) {
    return {};
  }
  const auto name = parseListToken(path, options.token);
  if (!name) {
    call.fail(StorageErrc::InvalidArgument, "the token is not from a listing of this folder");
  }
  return *name;
}

/// The disk returns every unchanged name exactly once, whatever else changes.
class DirectoryStream final : public IEntryStream {
 public:
  DirectoryStream(UniqueDescriptor directory, StoragePath path, const Call& call)
      : call_(call.streamStep("list")),
        path_(std::move(path)),
        scan_(std::move(directory), call_) {}

  bool next(std::vector<Entry>& entries, CallContext::Clock::time_point /*until*/) override {
    call_.checkpoint();
    entries.clear();
    while (entries.size() < kEntriesPerStep) {
      const auto found = scan_.next();
      if (!found) {
        return false;
      }
      add(*found, entries);
    }
    return true;
  }

  std::size_t omitted() const override { return omitted_; }

 private:
  void add(const DirectoryScan::Found& found, std::vector<Entry>& entries) {
    if (isHidden(path_, found.name)) {
      return;
    }
    if (found.kind == FileKind::Other || !isUsableName(path_, found.name)) {
      ++omitted_;
      return;
    }
    const auto status = statusAt(scan_.descriptor(), found.name, call_);
    if (status && status->kind != FileKind::Other) {
      entries.push_back(toEntry(path_.child(found.name), *status));
    }
  }

  const Call call_;
  const StoragePath path_;
  DirectoryScan scan_;
  std::size_t omitted_ = 0;
};

}  // namespace

std::unique_ptr<IEntryStream> openDirectory(const RootDirectory& root, const StoragePath& path,
                                            const Call& call) {
  return std::make_unique<DirectoryStream>(openListed(root, path, call), path, call);
}

ListPage listDirectory(const RootDirectory& root, const StoragePath& path,
                       const ListOptions& options, const Call& call) {
  const auto after = afterName(path, options, call);
  DirectoryScan scan(openListed(root, path, call), call);
  // One more than fits on the page, to detect whether there is a next page.
  FirstNames first(options.pageSize == SIZE_MAX ? SIZE_MAX : options.pageSize + 1);
  Omissions omissions;
  while (auto found = scan.next()) {
    if (isHidden(path, found->name)) {
      continue;
    }
    if (found->kind == FileKind::Other) {
      omissions.add(shown(found->name) + " was left out: it is neither a file nor a folder.");
    } else if (!isUsableName(path, found->name)) {
      omissions.add(shown(found->name) + " was left out: its name is no valid path.");
    } else if (found->name > after) {
      first.offer(std::move(found->name));
    }
  }

  ListPage page;
  auto names = first.takeSorted();
  if (names.size() > options.pageSize) {
    names.pop_back();
    page.nextToken = makeListToken(path, names.back());
  }
  for (const auto& name : names) {
    const auto status = statusAt(scan.descriptor(), name, call);
    if (status && status->kind != FileKind::Other) {
      page.entries.push_back(toEntry(path.child(name), *status));
    }
  }
  if (after.empty()) {
    omissions.tell(page);
  }
  return page;
}

}  // namespace mediadock::localdisk
