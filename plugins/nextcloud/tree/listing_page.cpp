#include "tree/listing_page.h"

#include "mediadock/storage_error.h"

#include <Poco/Checksum.h>
#include <Poco/NumberFormatter.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace mediadock::nextcloud {
namespace {

constexpr std::size_t kMaxNotes = 100;
constexpr int kSumDigits = 8;

/// Binds a token to its directory: `SUM:NAME`.
std::string checksum(const StoragePath& directory, std::string_view name) {
  Poco::Checksum sum(Poco::Checksum::TYPE_CRC32);
  sum.update(directory.str());
  sum.update("/");
  sum.update(std::string(name));
  return Poco::NumberFormatter::formatHex(static_cast<Poco::UInt64>(sum.checksum()), kSumDigits);
}

std::string makeToken(const StoragePath& directory, const std::string& name) {
  return checksum(directory, name) + ":" + name;
}

std::string parseToken(const StoragePath& directory, const std::string& token) {
  if (token.empty()) {
    return {};
  }
  if (token.size() > std::size_t{kSumDigits} + 1) {
    auto name = token.substr(std::size_t{kSumDigits} + 1);
    if (makeToken(directory, name) == token) {
      return name;
    }
  }
  throw StorageError(StorageErrc::InvalidArgument, "the token is not of this listing");
}

}  // namespace

ListingPage::ListingPage(const StoragePath& directory, const ListOptions& options,
                         std::size_t limit)
    : directory_(directory),
      limit_(std::max(limit, options.pageSize)),
      after_(parseToken(directory, options.token)) {
  if (options.pageSize == 0) {
    throw StorageError(StorageErrc::InvalidArgument, "a page has at least one entry");
  }
}

void ListingPage::add(Entry entry) {
  if (!after_.empty() && entry.path.name() <= after_) {
    return;
  }
  if (entries_.size() == limit_ && !(entry.path < entries_.rbegin()->path)) {
    hasMore_ = hasMore_ || entry.path != entries_.rbegin()->path;
    return;
  }
  entries_.insert(std::move(entry));
  if (entries_.size() > limit_) {
    entries_.erase(std::prev(entries_.end()));
    hasMore_ = true;
  }
}

void ListingPage::omit(std::string note) {
  ++omitted_;
  if (notes_.size() < kMaxNotes) {
    notes_.push_back(std::move(note));
  }
}

void ListingPage::startOver() noexcept {
  notes_.clear();
  omitted_ = 0;
}

ListPage ListingPage::take(std::size_t pageSize) {
  ListPage page;
  if (after_.empty()) {
    // The first page reports the omissions of the whole listing.
    page.notes = std::exchange(notes_, {});
    page.omitted = std::exchange(omitted_, 0);
  }
  page.entries.reserve(std::min(pageSize, entries_.size()));
  while (!entries_.empty() && page.entries.size() < pageSize) {
    page.entries.push_back(std::move(entries_.extract(entries_.begin()).value()));
  }
  if (!entries_.empty() || (hasMore_ && !page.entries.empty())) {
    page.nextToken = makeToken(directory_, std::string(page.entries.back().path.name()));
  }
  return page;
}

}  // namespace mediadock::nextcloud
