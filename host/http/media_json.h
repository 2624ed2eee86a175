#pragma once

/// \file
/// Entries and records as the API shows them (docs/http-api.md).

#include "http/file_urls.h"
#include "http/json_writer.h"
#include "media/media_service.h"

#include <string>
#include <vector>

namespace mediadock {

void writeEntry(JsonWriter& json, const Entry& entry, const FileUrls& urls);

enum class MediaField { Absent, Present };

/// An entry, with `media` where that was asked for, and `missing` where its file is gone.
void writeItem(JsonWriter& json, const BrowseItem& item, MediaField media, const FileUrls& urls);

std::string toJson(const std::vector<BrowseItem>& items, MediaField media, const FileUrls& urls);

void writeRecord(JsonWriter& json, const MediaRecord& record);

std::string toJson(const MediaRecord& record);
std::string toJson(const Entry& entry, const FileUrls& urls);

}  // namespace mediadock
