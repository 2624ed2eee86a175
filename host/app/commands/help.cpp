#include "app/commands/help.h"

#include "app/config/config_keys.h"

#include <algorithm>

namespace mediadock::app {
namespace {

constexpr const char* kOverview =
    R"(mediadock puts media behind one HTTP API and keeps the files in a storage of your choice.

  mediadock serve      [--config FILE] [--set key=value]...   serve until SIGTERM or SIGINT
  mediadock check      [--config FILE] [--set key=value]...   say whether serve would work
  mediadock providers  [--config FILE] [--set key=value]...   show the storage plugins found
  mediadock reconcile  [--dry-run] [--config FILE] [--set key=value]...
                                                  mend what an interrupted operation left
  mediadock help [COMMAND], --help, --version

Exit codes: 0 done, 64 usage, 78 configuration, 69 storage or database unreachable, 70 internal.
)";

constexpr const char* kCheck = R"(mediadock check [--config FILE] [--set key=value]...

Loads configuration and plugin, reaches the storage and the database, and says of each whether it
is in order. Exits with 0 only if serve would work. Whether the port is free is not tried, so that
a running host can be checked.
)";

constexpr const char* kProviders = R"(mediadock providers [--config FILE] [--set key=value]...

Shows each plugin in storage.plugin_path: its name, version, ABI, abilities and path, or why it was
refused. To find that out, it loads them all.
)";

constexpr const char* kReconcile =
    R"(mediadock reconcile [--dry-run] [--config FILE] [--set key=value]...

Compares announced operations with the storage, tells what an interrupted one left, and mends it.
With --dry-run it only tells. Run it while no host works on the same database; a host does the same
by itself when it starts.
)";

constexpr const char* kServe = R"(mediadock serve [--config FILE] [--set key=value]...

Serves until SIGTERM or SIGINT, then lets requests in flight end and exits with 0; a second signal
ends it at once. Prints `listening on http://HOST:PORT` to standard output when it is ready, and
logs to standard error.

Values come from FILE (.properties, .json, .xml or .ini), then from the environment
(MEDIADOCK_A_B_C for key a.b_c), then from --set; later ones win. A secret KEY can also be read from
the file that KEY_file names.

Keys, with their defaults:

)";

constexpr const char* kServeEnd =
    "\nEach provider adds keys of its own below storage.PROVIDER.; see docs/configuration.md.\n";

std::string serveText() {
  std::size_t width = 0;
  for (const ConfigKey& key : hostKeys()) {
    width = std::max(width, std::string(key.name).size());
  }
  std::string text = kServe;
  for (const ConfigKey& key : hostKeys()) {
    std::string name = key.name;
    name.resize(width, ' ');
    const std::string defaultValue = key.defaultValue;
    text += "  " + name + "  " + key.help;
    text += defaultValue.empty() ? "\n" : " [" + defaultValue + "]\n";
  }
  return text + kServeEnd;
}

}  // namespace

std::string helpText(std::optional<Command> topic) {
  switch (topic.value_or(Command::Help)) {
    case Command::Serve:
      return serveText();
    case Command::Check:
      return kCheck;
    case Command::Providers:
      return kProviders;
    case Command::Reconcile:
      return kReconcile;
    case Command::Help:
    case Command::Version:
      return kOverview;
  }
  return kOverview;
}

}  // namespace mediadock::app
