#pragma once

/// \file
/// A media world with uploads in several pieces.

#include "media/uploads/resumable_uploads.h"
#include "unit/media/media_fixture.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace mediadock::media {

class ResumableWorld : public testing::Test {
 protected:
  explicit ResumableWorld(const std::string& without = "", const std::string& deniedTypes = "")
      : world(without, deniedTypes) {}

  ResumableUploads& uploads() { return world.service->resumableUploads(); }

  /// Begins `folder/a.txt` of `size` bytes. Returns the id.
  std::string begin(std::uint64_t size, UploadFields more = {}) {
    fields = std::move(more);
    fields.folder = "folder"_path;
    fields.size = size;
    return uploads()
        .create({.owner = owner, .metadata = "metadata", .filename = "a.txt", .fields = fields},
                world.context)
        .id;
  }

  std::unique_ptr<UploadAppend> goOn(const std::string& id) {
    auto append = uploads().append(id);
    append->open("a.txt", fields, world.context);
    return append;
  }

  static void write(UploadAppend& append, std::string_view bytes) {
    append.write(std::as_bytes(std::span(bytes)));
  }

  void addPiece(const std::string& id, std::string_view bytes) {
    const auto append = goOn(id);
    write(*append, bytes);
    append->keep();
  }

  records::MediaRecord finish(const std::string& id, std::string_view bytes) {
    const auto append = goOn(id);
    write(*append, bytes);
    return append->finish();
  }

  std::uint64_t offsetOf(const std::string& id) { return uploads().find(id)->progress.size; }

  MediaWorld world;
  UploadFields fields;
  /// Of uploads that begin from now on.
  std::string owner;
};

}  // namespace mediadock::media
