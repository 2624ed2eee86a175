#pragma once

/// \file
/// Lists a folder step by step, using Nextcloud's pagination (`X-NC-Paginate`) if available, so
/// that no response takes minutes.

#include "dav/propfind.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mediadock::nextcloud {

/// Large enough to need few requests, small enough for a server to produce within a second.
inline constexpr std::size_t kPagedPropfindCount = 10000;

/// A PROPFIND of a folder and its children, read as it arrives. With pages, uses eight bytes of
/// memory per entry.
class FolderPropfind {
 public:
  /// \param pageEntries number of entries to request per page; 0: no pages. A server may ignore it
  ///   and return everything at once.
  /// \param sink receives the items.
  FolderPropfind(DavClient& client, PropfindRequest propfind, std::size_t pageEntries,
                 MultistatusParser::Sink sink);

  /// Sends the first request. Returns false if nothing exists there.
  /// \throws StorageError as the function `propfind`.
  bool open(const http_client::CallLimits& limits);

  /// Reads the next piece, if one arrives before `until`; requesting a page may take longer.
  /// Returns false at the end.
  /// \throws StorageError as the function `propfind`.
  bool step(http_client::CallLimits::Clock::time_point until,
            const http_client::CallLimits& limits);

  /// After the end: whether everything was delivered exactly once. Otherwise the pages were
  /// inconsistent; what was delivered is correct, but may be incomplete.
  bool isWhole() const noexcept { return isWhole_; }

  /// After the end of a paged listing: whether a page contained this href.
  bool hasGiven(const std::string& href) const;

 private:
  http_client::HttpResponse ask(const http_client::CallLimits& limits);
  bool agrees(const http_client::HttpHead& head);
  void read(http_client::HttpResponse response);
  void take(DavItem&& item);
  bool endPage();
  bool isComplete();

  DavClient& client_;
  PropfindRequest propfind_;
  std::size_t pageEntries_;
  MultistatusParser::Sink sink_;
  std::optional<http_client::HttpResponse> response_;
  std::optional<MultistatusReading> reading_;
  bool isPaged_ = false;
  bool isWhole_ = false;
  std::string token_;
  /// From the first page.
  std::optional<std::uint64_t> total_;
  /// Hashes of all hrefs delivered in pages; sorted at the end.
  std::vector<std::size_t> seen_;
  std::size_t seenBefore_ = 0;
};

}  // namespace mediadock::nextcloud
