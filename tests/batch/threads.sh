#!/usr/bin/env bash
# The short form of tests/long/tsan: eight reports under ThreadSanitizer.
exec "$(dirname "$0")/../long/tsan" 8
