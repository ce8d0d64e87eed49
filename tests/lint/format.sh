#!/usr/bin/env bash
# Fails when a C file is not as clang-format 14 would write it.
set -u
cd "$(dirname "$0")/../.." || exit 1
find render tests docs -name '*.[ch]' -print0 | sort -z | xargs -0 clang-format-14 --dry-run --Werror
