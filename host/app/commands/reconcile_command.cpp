#include "app/commands/commands.h"
#include "app/host_setup.h"
#include "app/logging.h"
#include "media/rules/reconcile.h"
#include "records/open_record_store.h"

#include <string>

namespace mediadock::app {

ExitCode reconcileRecords(const ConfigInput& input, ReconcileMode mode, Console& console) {
  const HostSetup setup = setUpHost(input);
  console.hide(setup.redactor);
  startLogging(setup.config.log, setup.redactor);

  ProviderLog log(setup.config.providerName);
  const auto provider = setup.registry.open(setup.config.providerName, setup.section, log);
  const auto records =
      records::openRecordStore(setup.config.recordsUrl, setup.config.recordsPassword);
  const media::ReconcileOptions options{.isDryRun = mode == ReconcileMode::Report};
  const auto resolved = media::reconcile(*provider, *records, options, startContext());
  for (const media::Reconciled& each : resolved) {
    console.print(each.description);
  }
  console.print(std::to_string(resolved.size()) + " operations were left unfinished" +
                (resolved.empty() || options.isDryRun ? "" : ", and are settled now"));
  return ExitCode::Done;
}

}  // namespace mediadock::app
