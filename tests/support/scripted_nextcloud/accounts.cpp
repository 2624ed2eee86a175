#include "support/scripted_nextcloud/accounts.h"

#include <Poco/String.h>

namespace mediadock::scripted {

namespace fs = std::filesystem;

namespace {

fs::path makeFolder(const fs::path& folder) {
  fs::create_directories(folder);
  return folder;
}

}  // namespace

Account::Account(std::string userId, std::string userPassword, const fs::path& folder,
                 NodeNumbers& numbers)
    : id(std::move(userId)),
      password(std::move(userPassword)),
      tree(makeFolder(folder / "files"), numbers),
      uploads(makeFolder(folder / "uploads"), numbers) {}

Accounts::Accounts(fs::path folder, NodeNumbers& numbers)
    : folder_(std::move(folder)),
      numbers_(numbers) {}

Account& Accounts::add(const std::string& id, const std::string& password) {
  return accounts_.emplace_back(id, password, folder_ / std::to_string(accounts_.size()), numbers_);
}

Account* Accounts::find(const std::string& id) {
  for (Account& account : accounts_) {
    if (Poco::icompare(account.id, id) == 0) {
      return &account;
    }
  }
  return nullptr;
}

}  // namespace mediadock::scripted
