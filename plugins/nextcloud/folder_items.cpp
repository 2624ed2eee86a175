#include "folder_items.h"

#include "dav_entry.h"
#include "mediadock/storage_error.h"
#include "name_rules.h"
#include "unicode_form.h"

#include <utility>

namespace mediadock {
namespace {

/// Without making a path of it: this is asked for each entry.
bool isParentOf(const StoragePath& folder, const StoragePath& path) {
  const std::string_view text = path.str();
  const auto name = path.name().size();
  return folder.isRoot()
             ? text.size() == name
             : text.size() == folder.str().size() + 1 + name && text.starts_with(folder.str());
}

}  // namespace

bool isSpellingOf(const StoragePath& got, const StoragePath& asked) {
  return got == asked || toNfc(got.str()) == toNfc(asked.str());
}

void refuseForeignAnswer(const StoragePath& path) {
  throw StorageError({.code = StorageErrc::Protocol,
                      .message = "the storage's answer is about another path",
                      .path = path.str()});
}

FolderItems::FolderItems(const DavUrls& urls, StoragePath folder)
    : urls_(urls),
      folder_(std::move(folder)) {}

FolderItems::Found FolderItems::take(DavItem& item) {
  auto entry = toEntry(item, urls_);
  if (auto* note = std::get_if<std::string>(&entry)) {
    return std::move(*note);
  }
  return place(std::move(std::get<Entry>(entry)));
}

void FolderItems::finish() const {
  if (!isSelfSeen_) {
    refuseForeignAnswer(folder_);
  }
}

FolderItems::Found FolderItems::place(Entry entry) {
  const bool isChild = !entry.path.isRoot() && isParentOf(folder_, entry.path);
  if (!isChild && isSpellingOf(entry.path, folder_)) {
    isSelfSeen_ = true;
    if (!entry.isDirectory()) {
      throw StorageError(StorageErrc::NotADirectory, "'" + folder_.str() + "' is a file");
    }
    return {};
  }
  if (!isChild) {
    if (entry.path.isRoot() || !isSpellingOf(entry.path.parent(), folder_)) {
      return "left out '" + entry.path.str() + "': it is not in this folder";
    }
    entry.path = folder_.child(entry.path.name());
  }
  if (entry.path.name().starts_with(kTemporaryPrefix)) {
    return {};
  }
  return entry;
}

}  // namespace mediadock
