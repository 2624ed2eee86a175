#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/dav_tree.h"
#include "support/scripted_nextcloud/names.h"

namespace mediadock::scripted {

std::pair<NodeInfo, bool> DavTree::move(const std::string& from, const std::string& to,
                                        Overwrite overwrite) {
  const std::lock_guard guard(mutex_);
  checkTransfer(from, to, overwrite);
  for (const std::string& path : {from, to}) {
    if (const auto locked = locks_.findWithin(path)) {
      throw lockedException(*locked);
    }
  }
  const bool isNew = replaceTarget(to);
  auto taken = getParent(from).children.extract(nameOf(from));
  taken.key() = nameOf(to);
  const DavNode& moved = *getParent(to).children.insert(std::move(taken)).position->second;
  touchFolders(parentOf(from));
  touchFolders(parentOf(to));
  return {describe(to, moved), isNew};
}

std::pair<NodeInfo, bool> DavTree::copy(const std::string& from, const std::string& to,
                                        Overwrite overwrite) {
  const std::lock_guard guard(mutex_);
  checkTransfer(from, to, overwrite);
  if (const auto locked = locks_.findWriterWithin(from)) {
    throw fileLocked(*locked);
  }
  if (const auto locked = locks_.findWithin(to)) {
    throw fileLocked(*locked);
  }
  checkSpaceLocked(to, totalSize(getNode(from)));
  std::unique_ptr<DavNode> clone = cloneNode(getNode(from));
  const bool isNew = replaceTarget(to);
  DavNode& copied = *(getParent(to).children[nameOf(to)] = std::move(clone));
  touchFolders(parentOf(to));
  return {describe(to, copied), isNew};
}

void DavTree::checkTransfer(const std::string& from, const std::string& to,
                            Overwrite overwrite) const {
  const DavNode& source = getNode(from);
  if (from == to) {
    throw forbidden("Source and destination uri are identical.");
  }
  if (isWithin(to, from)) {
    if (!source.isFolder) {
      throw DavError(415, "Sabre\\DAV\\Exception\\UnsupportedMediaType",
                     "A file has nothing below it");
    }
    throw conflict("The destination may not be part of the same subtree as the source path.");
  }
  if (!isFolder(findNode(parentOf(to)))) {
    throw conflict("The destination node is not found");
  }
  if (overwrite == Overwrite::Refused && findNode(to) != nullptr) {
    throw preconditionFailed(
        "Overwrite",
        "The destination node already exists, and the overwrite header is set to false");
  }
  if (to.empty() || isWithin(from, to)) {
    throw forbidden("The source lies below the destination");
  }
  checkName(to);
}

bool DavTree::replaceTarget(const std::string& to) {
  const DavNode* const replaced = findNode(to);
  if (replaced == nullptr) {
    return true;
  }
  removeBlobs(*replaced);
  getParent(to).children.erase(nameOf(to));
  return false;
}

std::unique_ptr<DavNode> DavTree::cloneNode(const DavNode& node) {
  auto clone = std::make_unique<DavNode>();
  clone->fileId = numbers_.nextFileId();
  clone->isFolder = node.isFolder;
  clone->size = node.size;
  clone->modified = node.modified;
  clone->uploaded = std::time(nullptr);
  // The copy of a file repeats its entity tag; the checksum is lost on the way.
  clone->etag = node.isFolder ? numbers_.nextFolderEtag() : node.etag;
  if (!node.isFolder) {
    clone->blob = newBlob();
    std::filesystem::copy_file(node.blob, clone->blob);
  }
  for (const auto& [name, child] : node.children) {
    clone->children[name] = cloneNode(*child);
  }
  return clone;
}

}  // namespace mediadock::scripted
