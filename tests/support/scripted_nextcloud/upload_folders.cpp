#include "support/scripted_nextcloud/upload_folders.h"

#include "support/scripted_nextcloud/body_receiver.h"
#include "support/scripted_nextcloud/dav_error.h"
#include "support/scripted_nextcloud/file_descriptor.h"

#include <Poco/MD5Engine.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <system_error>

namespace mediadock::scripted {

namespace fs = std::filesystem;

namespace {

UploadFolder& getUpload(std::map<std::string, UploadFolder>& uploads, const std::string& id) {
  const auto found = uploads.find(id);
  if (found == uploads.end()) {
    throw notFound("/" + id);
  }
  return found->second;
}

std::string etagOf(const Chunk& chunk) {
  Poco::MD5Engine digest;
  digest.update(chunk.blob.string() + ":" + std::to_string(chunk.size));
  return Poco::DigestEngine::digestToHex(digest.digest());
}

void appendFile(const Chunk& chunk, int target) {
  const FileDescriptor source(::open(chunk.blob.c_str(), O_RDONLY | O_CLOEXEC));
  for (std::uint64_t left = chunk.size; left > 0;) {
    const ssize_t copied = ::sendfile(target, source.get(), nullptr, left);
    if (copied <= 0) {
      throw std::system_error(errno, std::generic_category(), chunk.blob.string());
    }
    left -= static_cast<std::uint64_t>(copied);
  }
}

}  // namespace

bool NaturalOrder::operator()(const std::string& left, const std::string& right) const {
  const int order = ::strverscmp(left.c_str(), right.c_str());
  return order < 0;
}

std::uint64_t UploadFolder::totalSize() const {
  std::uint64_t total = 0;
  for (const auto& [name, chunk] : chunks) {
    total += chunk.size;
  }
  return total;
}

UploadFolders::UploadFolders(fs::path folder, NodeNumbers& numbers)
    : folder_(std::move(folder)),
      numbers_(numbers) {}

void UploadFolders::make(const std::string& id) {
  const std::lock_guard guard(mutex_);
  const auto [upload, isNew] = uploads_.try_emplace(id);
  if (!isNew) {
    throw alreadyExists();
  }
  upload->second.modified = std::time(nullptr);
  upload->second.etag = numbers_.nextFolderEtag();
}

void UploadFolders::remove(const std::string& id) {
  const std::lock_guard guard(mutex_);
  for (const auto& [name, chunk] : getUpload(uploads_, id).chunks) {
    fs::remove(chunk.blob);
  }
  uploads_.erase(id);
}

UploadFolder UploadFolders::get(const std::string& id) const {
  const std::lock_guard guard(mutex_);
  return getUpload(const_cast<std::map<std::string, UploadFolder>&>(uploads_), id);
}

std::map<std::string, UploadFolder> UploadFolders::all() const {
  const std::lock_guard guard(mutex_);
  return uploads_;
}

bool UploadFolders::putChunk(const std::string& id, const std::string& name, RequestBody& body) {
  Chunk chunk;
  {
    const std::lock_guard guard(mutex_);
    getUpload(uploads_, id);
    chunk.blob = folder_ / ("chunk-" + std::to_string(blobs_++));
  }
  try {
    const FileDescriptor file(
        ::open(chunk.blob.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
    chunk.size = receiveInto(body, file.get());
    chunk.modified = std::time(nullptr);
    chunk.etag = etagOf(chunk);
    const std::lock_guard guard(mutex_);
    UploadFolder& upload = getUpload(uploads_, id);
    upload.modified = chunk.modified;
    upload.etag = numbers_.nextFolderEtag();
    Chunk& slot = upload.chunks[name];
    std::swap(slot, chunk);
  } catch (...) {
    fs::remove(chunk.blob);
    throw;
  }
  // What the swap left here is the older chunk of that name, if there was one.
  return chunk.blob.empty() || !fs::remove(chunk.blob);
}

void UploadFolders::removeChunk(const std::string& id, const std::string& name) {
  const std::lock_guard guard(mutex_);
  UploadFolder& upload = getUpload(uploads_, id);
  const auto chunk = upload.chunks.find(name);
  if (chunk == upload.chunks.end()) {
    throw notFound("/" + id + "/" + name);
  }
  fs::remove(chunk->second.blob);
  upload.chunks.erase(chunk);
  upload.modified = std::time(nullptr);
  upload.etag = numbers_.nextFolderEtag();
}

void UploadFolders::makeOlder(std::chrono::seconds age) {
  const std::lock_guard guard(mutex_);
  for (auto& [id, upload] : uploads_) {
    upload.modified -= age.count();
    for (auto& [name, chunk] : upload.chunks) {
      chunk.modified -= age.count();
    }
  }
}

void UploadFolders::assemble(const std::string& id, int target) const {
  const UploadFolder upload = get(id);
  for (const auto& [name, chunk] : upload.chunks) {
    appendFile(chunk, target);
  }
}

}  // namespace mediadock::scripted
