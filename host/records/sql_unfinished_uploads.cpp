#include "records/sql_unfinished_uploads.h"

#include "mediadock/storage_error.h"
#include "records/sql/sql_statement.h"

namespace mediadock::records {
namespace {

std::optional<UnfinishedUpload> select(Poco::Data::Session& session, const std::string& id) {
  UnfinishedUpload found;
  std::int64_t size = 0;
  std::int64_t received = 0;
  std::int64_t finished = 0;
  std::int64_t expiresAt = 0;
  const bool isThere =
      SqlStatement(session,
                   "SELECT id, caller, owner, metadata, size, received, beginning, token, digest, "
                   "record_id, finished, expires_at, revision FROM crm_upload WHERE id = ")
          .value(id)
          .first(found.id, found.caller, found.owner, found.metadata, size, received,
                 found.progress.beginning, found.progress.token, found.progress.digest,
                 found.recordId, finished, expiresAt, found.revision);
  if (!isThere) {
    return std::nullopt;
  }
  found.size = static_cast<std::uint64_t>(size);
  found.progress.size = static_cast<std::uint64_t>(received);
  found.isFinished = finished != 0;
  found.expiresAt = Timestamp(std::chrono::microseconds(expiresAt));
  return found;
}

std::int64_t countOf(Poco::Data::Session& session, const std::string& owner) {
  return SqlStatement(session, "SELECT COUNT(*) FROM crm_upload WHERE finished = 0 AND owner = ")
      .value(owner)
      .number();
}

void insertRow(Poco::Data::Session& session, const UnfinishedUpload& upload) {
  SqlStatement statement(session,
                         "INSERT INTO crm_upload (id, caller, owner, metadata, size, received, "
                         "beginning, token, digest, record_id, finished, expires_at, revision) "
                         "VALUES (");
  statement.value(upload.id).text(", ");
  statement.value(upload.caller).text(", ");
  statement.value(upload.owner).text(", ");
  statement.value(upload.metadata).text(", ");
  statement.value(static_cast<std::int64_t>(upload.size)).text(", ");
  statement.value(static_cast<std::int64_t>(upload.progress.size)).text(", ");
  statement.value(upload.progress.beginning).text(", ");
  statement.value(upload.progress.token).text(", ");
  statement.value(upload.progress.digest).text(", ");
  statement.value(upload.recordId).text(", ");
  statement.value(std::int64_t{upload.isFinished ? 1 : 0}).text(", ");
  statement.value(upload.expiresAt).text(", ");
  statement.value(upload.revision).text(")");
  statement.execute();
}

}  // namespace

bool SqlUnfinishedUploads::insert(const UnfinishedUpload& upload, std::size_t most) {
  bool isInserted = false;
  database_.write([&](Poco::Data::Session& session) {
    isInserted = countOf(session, upload.owner) < static_cast<std::int64_t>(most);
    if (isInserted) {
      insertRow(session, upload);
    }
  });
  return isInserted;
}

std::uint64_t SqlUnfinishedUploads::bytesOf(const std::string& owner) {
  std::int64_t sum = 0;
  database_.read([&](Poco::Data::Session& session) {
    sum = SqlStatement(session,
                       "SELECT CAST(COALESCE(SUM(received), 0) AS BIGINT) FROM crm_upload "
                       "WHERE finished = 0 AND owner = ")
              .value(owner)
              .number();
  });
  return static_cast<std::uint64_t>(sum);
}

std::optional<UnfinishedUpload> SqlUnfinishedUploads::find(const std::string& id) {
  std::optional<UnfinishedUpload> found;
  database_.read([&](Poco::Data::Session& session) { found = select(session, id); });
  return found;
}

void SqlUnfinishedUploads::save(UnfinishedUpload& upload) {
  const auto next = upload.revision + 1;
  database_.write([&](Poco::Data::Session& session) {
    SqlStatement statement(session, "UPDATE crm_upload SET received = ");
    statement.value(static_cast<std::int64_t>(upload.progress.size));
    statement.text(", beginning = ").value(upload.progress.beginning);
    statement.text(", token = ").value(upload.progress.token);
    statement.text(", digest = ").value(upload.progress.digest);
    statement.text(", record_id = ").value(upload.recordId);
    statement.text(", finished = ").value(std::int64_t{upload.isFinished ? 1 : 0});
    statement.text(", expires_at = ").value(upload.expiresAt);
    statement.text(", revision = ").value(next);
    statement.text(" WHERE id = ").value(upload.id);
    statement.text(" AND revision = ").value(upload.revision);
    if (statement.execute() != 1) {
      throw StorageError({.code = StorageErrc::Conflict,
                          .message = "somebody else goes on with this upload",
                          .retry = Retry::Safe,
                          .operation = "saveUpload"});
    }
  });
  upload.revision = next;
}

void SqlUnfinishedUploads::erase(const std::string& id) {
  database_.makeRoom([&](Poco::Data::Session& session) {
    SqlStatement(session, "DELETE FROM crm_upload WHERE id = ").value(id).execute();
  });
}

std::vector<UnfinishedUpload> SqlUnfinishedUploads::expiredBefore(Timestamp time,
                                                                  std::size_t limit) {
  std::vector<std::string> ids;
  database_.read([&](Poco::Data::Session& session) {
    ids = SqlStatement(session, "SELECT id FROM crm_upload WHERE expires_at < ")
              .value(time)
              .text(" ORDER BY expires_at LIMIT ")
              .value(static_cast<std::int64_t>(limit))
              .texts();
  });
  std::vector<UnfinishedUpload> expired;
  for (const auto& id : ids) {
    if (auto upload = find(id)) {
      expired.push_back(*std::move(upload));
    }
  }
  return expired;
}

}  // namespace mediadock::records
