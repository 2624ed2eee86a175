#!/usr/bin/env bash
# Whether all C++ is as .clang-format has it; what is not is shown. To mend it: the same with -i.
#   check_format.sh CLANG-FORMAT SOURCE-TREE
set -euo pipefail
cd "$2"
find core host plugins tests examples -name node_modules -prune -o -name '*.h' -print0 -o -name '*.cpp' -print0 |
  xargs -0 -P "$(nproc)" -n 40 "$1" --dry-run -Werror
