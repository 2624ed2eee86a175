#include "media/rules/reconcile.h"

#include "media/rules/file_size.h"
#include "media/rules/new_record.h"

#include <utility>

namespace mediadock::media {
namespace {

using Kind = records::UnfinishedOperation::Kind;

std::string quoted(const StoragePath& path) {
  return "'" + path.str() + "'";
}

class Look {
 public:
  Look(IStorageProvider& provider, records::IRecordStore& records, const CallContext& context)
      : provider_(provider),
        records_(records),
        context_(context) {}

  Reconciled resolve(records::UnfinishedOperation operation) {
    switch (operation.kind) {
      case Kind::Upload:
        return resolveUpload(std::move(operation));
      case Kind::Remove:
        return resolveRemoval(std::move(operation));
      case Kind::Move:
        break;
    }
    return resolveMove(std::move(operation));
  }

 private:
  std::optional<Entry> fileAt(const StoragePath& path) {
    auto entry = provider_.stat(path, context_);
    return entry && !entry->isDirectory() ? entry : std::nullopt;
  }

  bool isFormerFile(const Entry& entry) {
    const auto former = records_.findAt(entry.path);
    return former && former->etag && former->etag == entry.etag;
  }

  Reconciled resolveUpload(records::UnfinishedOperation operation) {
    auto& record = operation.record;
    const auto entry = fileAt(record.path);
    const bool hasHappened =
        entry && !isFormerFile(*entry) && sizeOf(provider_, *entry, context_) == record.size;
    std::string description = "upload of " + quoted(record.path);
    if (hasHappened) {
      copyStoredMetadata(*entry, record);
      description += ": the file is there, its record is ready";
    } else {
      description += ": the file did not get there, its record is dropped";
    }
    return {std::move(operation), hasHappened, std::move(description)};
  }

  Reconciled resolveRemoval(records::UnfinishedOperation operation) {
    const auto& path = operation.record.path;
    const bool hasHappened = !fileAt(path);
    std::string description =
        "removal of " + quoted(path) +
        (hasHappened ? ": the file is gone, and so is its record"
                     : ": the file is still there, its record is ready again");
    return {std::move(operation), hasHappened, std::move(description)};
  }

  Reconciled resolveMove(records::UnfinishedOperation operation) {
    const auto& path = operation.record.path;
    const bool hasHappened = fileAt(operation.target) && !fileAt(path);
    std::string description = "move of " + quoted(path) + " to " + quoted(operation.target) +
                              (hasHappened ? ": the file was moved, its record follows"
                                           : ": the file was not moved, its record stays");
    return {std::move(operation), hasHappened, std::move(description)};
  }

  IStorageProvider& provider_;
  records::IRecordStore& records_;
  const CallContext& context_;
};

}  // namespace

Reconciled findOutcome(IStorageProvider& provider, records::IRecordStore& records,
                       records::UnfinishedOperation operation, const CallContext& context) {
  return Look(provider, records, context).resolve(std::move(operation));
}

std::vector<Reconciled> reconcile(IStorageProvider& provider, records::IRecordStore& records,
                                  const ReconcileOptions& options, const CallContext& context) {
  std::vector<Reconciled> verdicts;
  for (auto& operation : records.unfinished()) {
    const bool isMeant = operation.record.path.isWithin(options.within) &&
                         operation.kind == options.kind.value_or(operation.kind);
    if (isMeant) {
      verdicts.push_back(findOutcome(provider, records, std::move(operation), context));
    }
  }
  if (!options.isDryRun) {
    for (const auto& verdict : verdicts) {
      records.resolve(verdict.operation, verdict.isFinished);
    }
  }
  return verdicts;
}

}  // namespace mediadock::media
