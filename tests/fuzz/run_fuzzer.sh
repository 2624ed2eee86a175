#!/bin/sh
# run_fuzzer.sh FUZZER SEEDS FOUND: runs one fuzzer for FUZZ_SECONDS, 5 if that is not
# set. It starts from the committed inputs in SEEDS and keeps in FOUND what reaches new code, for
# the next run. An input that breaks something is written there as crash-*, timeout-* or oom-*.
set -eu
fuzzer="$1" seeds="$2" found="$3"
mkdir -p "$found"
exec "$fuzzer" -max_total_time="${FUZZ_SECONDS:-5}" -max_len=8192 -timeout=10 \
  -rss_limit_mb=1024 -artifact_prefix="$found-" -print_final_stats=1 "$found" "$seeds"
