#!/usr/bin/env bash
# The short form of tests/long/tsan: 24 reports under ThreadSanitizer.
exec "$(dirname "$0")/../long/tsan" 24
