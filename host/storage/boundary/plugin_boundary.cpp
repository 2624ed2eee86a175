#include "storage/boundary/plugin_boundary.h"

#include "storage/boundary/answer_checks.h"
#include "storage/boundary/path_spelling.h"

namespace mediadock::storage {

bool PluginBoundary::mayAnswerFor(const PluginCall& call, const StoragePath& got,
                                  const StoragePath& asked) const {
  if (got == asked) {
    return true;
  }
  const bool isCaseSensitive =
      callPlugin(call, [&] { return provider->capabilities().caseSensitive; });
  return isSpellingOf(got, asked, isCaseSensitive);
}

void PluginBoundary::check(const PluginCall& call, Entry& entry, const StoragePath& asked) const {
  checkEntry(call, entry);
  if (!mayAnswerFor(call, entry.path, asked)) {
    throw pluginFault(call, "it told of '" + entry.path.str() + "' instead");
  }
}

}  // namespace mediadock::storage
