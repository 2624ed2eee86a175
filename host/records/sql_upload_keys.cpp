#include "records/sql_upload_keys.h"

#include "records/sql/sql_statement.h"

#include <cstdint>
#include <iterator>
#include <sstream>

namespace mediadock::records {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

/// Appends the condition for the row of `key`.
SqlStatement& ofKey(SqlStatement& statement, const UploadKey& key) {
  return statement.text(" WHERE caller = ")
      .value(key.caller)
      .text(" AND upload_key = ")
      .value(key.key);
}

/// Appends the condition for the row of `key` while it has `lease` and has not arrived.
SqlStatement& ofLease(SqlStatement& statement, const UploadKey& key, const UploadLease& lease) {
  return ofKey(statement, key)
      .text(" AND fingerprint = '' AND upload_id = ")
      .value(lease.uploadId)
      .text(" AND lease_until = ")
      .value(lease.until);
}

std::optional<KeyedUpload> find(Poco::Data::Session& session, const UploadKey& key) {
  SqlStatement statement(
      session, "SELECT upload_id, lease_until, fingerprint, record_ids FROM crm_upload_key");
  KeyedUpload found;
  std::int64_t until = 0;
  std::string ids;
  ofKey(statement, key);
  if (!statement.first(found.lease.uploadId, until, found.fingerprint, ids)) {
    return std::nullopt;
  }
  found.lease.until = Timestamp(std::chrono::microseconds(until));
  found.recordIds = split(ids);
  return found;
}

}  // namespace

std::optional<KeyedUpload> SqlUploadKeys::take(const UploadKey& key, const UploadLease& lease,
                                               Timestamp now) {
  std::optional<KeyedUpload> former;
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_upload_key WHERE forget_at <= ").value(now).execute();
    // Of two concurrent inserts, one learns here, instead of by a failed transaction, that it was
    // second.
    SqlStatement(session,
                 "INSERT INTO crm_upload_key (caller, upload_key, upload_id, lease_until, "
                 "fingerprint, record_ids, forget_at) VALUES (")
        .value(key.caller)
        .text(", ")
        .value(key.key)
        .text(", ")
        .value(lease.uploadId)
        .text(", ")
        .value(lease.until)
        .text(", '', '', ")
        .value(lease.until + kMemory)
        .text(") ON CONFLICT (caller, upload_key) DO NOTHING")
        .execute();
    former = find(session, key);
  });
  const bool isOurs = former && former->lease == lease;
  return isOurs ? std::nullopt : former;
}

bool SqlUploadKeys::exchange(const UploadKey& key, const UploadLease& former,
                             const UploadLease& lease) {
  bool isOurs = false;
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement statement(session, "UPDATE crm_upload_key SET upload_id = ");
    statement.value(lease.uploadId)
        .text(", lease_until = ")
        .value(lease.until)
        .text(", forget_at = ")
        .value(lease.until + kMemory);
    ofLease(statement, key, former).execute();
    const auto found = find(session, key);
    isOurs = found && found->lease == lease && !found->hasArrived();
  });
  return isOurs;
}

void SqlUploadKeys::finish(const UploadKey& key, const UploadLease& lease,
                           const std::string& fingerprint,
                           const std::vector<std::string>& recordIds, Timestamp now) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement statement(session, "UPDATE crm_upload_key SET fingerprint = ");
    statement.value(fingerprint)
        .text(", record_ids = ")
        .value(joined(recordIds))
        .text(", forget_at = ")
        .value(now + kMemory);
    ofLease(statement, key, lease).execute();
  });
}

void SqlUploadKeys::release(const UploadKey& key, const UploadLease& lease) {
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement statement(session, "DELETE FROM crm_upload_key");
    ofLease(statement, key, lease).execute();
  });
}

void SqlUploadKeys::endLeases() {
  database_.makeRoom([](Poco::Data::Session& session) {
    SqlStatement(session, "UPDATE crm_upload_key SET lease_until = 0").execute();
  });
}

}  // namespace mediadock::records
