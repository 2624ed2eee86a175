#pragma once

/// \file
/// JSON form of entries and records (docs/http-api.md).

#include "http/listings/file_urls.h"
#include "http/syntax/json_writer.h"
#include "media/browsing/browse_request.h"

#include <string>
#include <string_view>
#include <vector>

namespace mediadock::http {

void writeEntry(JsonWriter& json, const Entry& entry, const FileUrls& urls);

enum class MediaField { Absent, Present };

/// Writes the items of one listing: entries, with `media` if requested, and `missing` if the file
/// is gone. Reuses memory and lookups between items.
class ItemWriter {
 public:
  /// \param urls must outlive this.
  ItemWriter(MediaField media, const FileUrls& urls) : media_(media), urls_(urls) {}

  void write(JsonWriter& json, const media::BrowseItem& item);

 private:
  enum class File { There, Gone };

  friend void writeEntry(JsonWriter& json, const Entry& entry, const FileUrls& urls);

  void writeFields(JsonWriter& json, const Entry& entry, File file);
  void writeUrls(JsonWriter& json, const Entry& entry, File file, std::string_view type);
  bool isPicture(std::string_view type);

  MediaField media_;
  const FileUrls& urls_;
  UrlPieces pieces_;
  /// The type looked up last: neighbours often share their type.
  std::string lastType_;
  bool isLastPicture_ = false;
};

std::string toJson(const std::vector<media::BrowseItem>& items, MediaField media,
                   const FileUrls& urls);

void writeRecord(JsonWriter& json, const records::MediaRecord& record);

std::string toJson(const records::MediaRecord& record);
std::string toJson(const Entry& entry, const FileUrls& urls);

}  // namespace mediadock::http
