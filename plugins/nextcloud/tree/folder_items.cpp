#include "tree/folder_items.h"

#include "dav/dav_entry.h"
#include "dav/name_rules.h"
#include "dav/unicode_form.h"
#include "mediadock/storage_error.h"

#include <utility>

namespace mediadock::nextcloud {
namespace {

/// Without creating a path: called for each entry.
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

FolderItems::FolderItems(const ServerFacts& facts, StoragePath folder)
    : facts_(facts),
      folder_(std::move(folder)) {}

FolderItems::Found FolderItems::take(DavItem& item) {
  auto found = read(item);
  omitted_ += std::holds_alternative<std::string>(found) ? 1U : 0U;
  return found;
}

FolderItems::Found FolderItems::read(DavItem& item) {
  if (item.status == 404 || item.status == 410) {
    return {};
  }
  auto entry = toEntry(item, facts_.urls);
  if (auto* note = std::get_if<std::string>(&entry)) {
    return std::move(*note);
  }
  auto found = place(std::move(std::get<Entry>(entry)));
  const bool isSelf = std::holds_alternative<std::monostate>(found) && item.isCollection;
  if (isSelf && isUnreachable(item)) {
    refuseUnreachable(folder_);
  }
  return found;
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
  facts_.learn(entry);
  return entry;
}

}  // namespace mediadock::nextcloud
