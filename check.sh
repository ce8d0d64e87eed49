#!/usr/bin/env bash
# Runs every test of banxin, after installing what the tests need. Ends with the test runner's own
# summary; its exit status is 0 only when every test passed.
set -u
cd "$(dirname "$0")" || exit 1
me=check.sh
. .ci/common.sh

[ -x build/banxin ] || step "build/banxin is not there yet: running setup.sh" ./setup.sh
need_packages .ci/packages-test.txt
step "configuring build/ with its tests" cmake --preset release -DBX_TESTS=ON --log-level=WARNING
step "building" cmake --build --preset release -- --quiet
step "veraPDF: fetching it with Maven" tests/pdf/verapdf/install.sh build/verapdf
step "pdf.js: fetching it with Maven" tests/pdf/pdfjs/install.sh build/pdfjs
step "BouncyCastle: fetching it with Maven" .ci/jars tests/sign/bouncycastle/pom.xml build/bouncycastle
step "Python packages of the tests" .ci/venv tests/requirements.txt build/venv
step "outloud, with packages of its own" .ci/venv tests/pdf/outloud.txt build/venv-outloud
say "testing"
exec ctest --test-dir build -j"$(nproc)" --output-on-failure --no-tests=error
