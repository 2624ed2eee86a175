#pragma once

/// \file
/// Listings of folders step by step, in Nextcloud's pages (`X-NC-Paginate`) where it has them, so
/// that no answer takes minutes.

#include "dav/propfind.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock {

/// Large enough that few requests serve, small enough that a server makes one in a second.
inline constexpr std::size_t kPagedPropfindCount = 10000;

/// A PROPFIND of a folder and its children, read as it comes. With pages, memory is eight bytes an
/// entry.
class FolderPropfind {
 public:
  /// \param pageEntries for how many entries a page is asked; 0: for all at once. A server that
  ///   gives all at once all the same is fine, too.
  /// \param sink gets what comes.
  FolderPropfind(DavClient& client, PropfindRequest propfind, std::size_t pageEntries,
                 MultistatusParser::Sink sink);

  /// Asks. Returns false where nothing stands there.
  /// \throws StorageError as the function `propfind`.
  bool open(const CallLimits& limits);

  /// Reads a piece, where one has come or comes until `until`; asking for a page may take longer.
  /// Returns false at the end.
  /// \throws StorageError as the function `propfind`.
  bool step(CallLimits::Clock::time_point until, const CallLimits& limits);

  /// Once at the end: whether all was given, each once. Otherwise the pages do not add up; what was
  /// given is right, and may not be all.
  bool isWhole() const noexcept { return isWhole_; }

  /// Once at the end of pages: whether one of them had this href.
  bool hasGiven(const std::string& href) const;

 private:
  HttpResponse ask(const CallLimits& limits);
  bool agrees(const HttpHead& head);
  void read(HttpResponse response);
  void take(DavItem&& item);
  bool endPage();
  bool isComplete();

  DavClient& client_;
  PropfindRequest propfind_;
  std::size_t pageEntries_;
  MultistatusParser::Sink sink_;
  std::optional<HttpResponse> response_;
  std::optional<MultistatusReading> reading_;
  bool isPaged_ = false;
  bool isWhole_ = false;
  std::string token_;
  /// Of the first page.
  std::optional<std::uint64_t> total_;
  /// Hashes of all hrefs that came in pages; sorted at the end.
  std::vector<std::size_t> seen_;
  std::size_t seenBefore_ = 0;
};

}  // namespace mediadock
