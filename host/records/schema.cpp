#include "records/schema.h"

#include "mediadock/storage_error.h"
#include "records/sql/sql_statement.h"

#include <cstdint>
#include <string>
#include <vector>

namespace mediadock::records {
namespace {

using Statements = std::vector<std::string>;

Statements createMedia(const ISqlDialect& dialect) {
  const std::string bytes(dialect.byteOrderedText());
  return {
      "CREATE TABLE crm_media ("
      "id TEXT NOT NULL PRIMARY KEY, "
      "customer_id TEXT NOT NULL, "
      "order_id TEXT NOT NULL, "
      "type TEXT NOT NULL, "
      "filename TEXT NOT NULL, "
      "nextcloud_path " +
          bytes +
          " NOT NULL, "
          "mime_type TEXT NOT NULL, "
          "size BIGINT NOT NULL, "
          "etag TEXT NOT NULL, "
          "sha256 TEXT NOT NULL, "
          "direction TEXT NOT NULL, "
          "tags TEXT NOT NULL, "
          "uploaded_by TEXT NOT NULL, "
          "created_at BIGINT NOT NULL, "
          "state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'deleting')), "
          "moving_to " +
          bytes + " NOT NULL)",
      // NOLINTNEXTLINE(bugprone-suspicious-missing-comma)
      "CREATE UNIQUE INDEX crm_media_pending_path ON crm_media (nextcloud_path) "
      "WHERE state = 'pending'",
      "CREATE UNIQUE INDEX crm_media_path ON crm_media (nextcloud_path) WHERE state <> 'pending'",
      "CREATE INDEX crm_media_any_path ON crm_media (nextcloud_path)",
      "CREATE INDEX crm_media_created ON crm_media (created_at, id)",
      "CREATE INDEX crm_media_customer ON crm_media (customer_id, created_at, id)",
      "CREATE INDEX crm_media_order ON crm_media (order_id, created_at, id)",
  };
}

/// Keys of repeatable uploads, and the records that they created.
Statements createUploadKeys(const ISqlDialect& /*dialect*/) {
  return {
      "CREATE TABLE crm_upload_key ("
      "caller TEXT NOT NULL, "
      "upload_key TEXT NOT NULL, "
      "upload_id TEXT NOT NULL, "
      "lease_until BIGINT NOT NULL, "
      "fingerprint TEXT NOT NULL, "
      "record_ids TEXT NOT NULL, "
      "forget_at BIGINT NOT NULL, "
      "PRIMARY KEY (caller, upload_key))",
      "CREATE INDEX crm_upload_key_end ON crm_upload_key (forget_at)",
      "ALTER TABLE crm_media ADD COLUMN upload_id TEXT NOT NULL DEFAULT ''",
      "CREATE INDEX crm_media_upload ON crm_media (upload_id) WHERE upload_id <> ''",
  };
}

/// Uploads that arrive in pieces.
Statements createUpload(const ISqlDialect& /*dialect*/) {
  return {
      "CREATE TABLE crm_upload ("
      "id TEXT NOT NULL PRIMARY KEY, "
      "caller TEXT NOT NULL, "
      "metadata TEXT NOT NULL, "
      "size BIGINT NOT NULL, "
      "received BIGINT NOT NULL, "
      "beginning TEXT NOT NULL, "
      "token TEXT NOT NULL, "
      "digest TEXT NOT NULL, "
      "record_id TEXT NOT NULL, "
      "finished BIGINT NOT NULL, "
      "expires_at BIGINT NOT NULL, "
      "revision BIGINT NOT NULL)",
      "CREATE INDEX crm_upload_expires ON crm_upload (expires_at)",
  };
}

/// Operations whose outcome is open, and since when.
Statements createOpenOperations(const ISqlDialect& /*dialect*/) {
  return {
      "ALTER TABLE crm_media ADD COLUMN open_since BIGINT NOT NULL DEFAULT 0",
      "CREATE INDEX crm_media_open ON crm_media (id) WHERE open_since <> 0",
  };
}

/// The owners of unfinished uploads, for the limits per owner.
Statements addUploadOwner(const ISqlDialect& /*dialect*/) {
  return {
      "ALTER TABLE crm_upload ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
      "CREATE INDEX crm_upload_owner ON crm_upload (owner, received) WHERE finished = 0",
  };
}

/// Migration n leads from version n to n + 1. Append only: existing databases have already run
/// them.
constexpr Statements (*kMigrations[])(const ISqlDialect&) = {
    createMedia, createUploadKeys, createUpload, createOpenOperations, addUploadOwner};
constexpr std::int64_t kVersion = std::size(kMigrations);

/// The version of the database; 0 if it has no tables.
std::int64_t readVersion(Poco::Data::Session& session) {
  SqlStatement(session, "CREATE TABLE IF NOT EXISTS crm_media_schema (version BIGINT NOT NULL)")
      .execute();
  return SqlStatement(session, "SELECT COALESCE(MAX(version), 0) FROM crm_media_schema").number();
}

}  // namespace

void migrate(SqlDatabase& database) {
  database.write([&](Poco::Data::Session& session) {
    const auto found = readVersion(session);
    if (found > kVersion) {
      throw StorageError(StorageErrc::ConfigInvalid,
                         "the records database has schema version " + std::to_string(found) +
                             ", written by a newer mediadock; this one knows versions up to " +
                             std::to_string(kVersion));
    }
    if (found == kVersion) {
      return;
    }
    for (auto version = found; version < kVersion; ++version) {
      for (const auto& statement : kMigrations[version](database.dialect())) {
        SqlStatement(session, statement).execute();
      }
    }
    SqlStatement(session, "DELETE FROM crm_media_schema").execute();
    SqlStatement(session, "INSERT INTO crm_media_schema VALUES (")
        .value(kVersion)
        .text(")")
        .execute();
  });
}

}  // namespace mediadock::records
