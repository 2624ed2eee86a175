#pragma once

/// \file
/// Who has files on the server.

#include "support/scripted_nextcloud/dav_tree.h"
#include "support/scripted_nextcloud/paged_listings.h"
#include "support/scripted_nextcloud/upload_folders.h"

#include <filesystem>
#include <list>
#include <string>

namespace mediadock::scripted {

/// One user with all that is theirs.
struct Account {
  Account(std::string userId, std::string userPassword, const std::filesystem::path& folder,
          NodeNumbers& numbers);

  const std::string id;
  const std::string password;
  DavTree tree;
  UploadFolders uploads;
  PagedListings listings;
};

/// All users. Filled before the server starts, and only read from then on.
class Accounts final {
 public:
  Accounts(std::filesystem::path folder, NodeNumbers& numbers);

  Account& add(const std::string& id, const std::string& password);

  /// Null if there is no such user; letters count the same in both cases.
  Account* find(const std::string& id);

 private:
  const std::filesystem::path folder_;
  NodeNumbers& numbers_;
  std::list<Account> accounts_;
};

}  // namespace mediadock::scripted
