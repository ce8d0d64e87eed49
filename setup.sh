#!/usr/bin/env bash
# Makes banxin ready on Debian 12: packages, fonts, the release build in build/, and the sample
# report in out/. Run again it does only what is missing. Needs root or sudo for packages, and no
# terminal.
set -u
cd "$(dirname "$0")" || exit 1
me=setup.sh
. .ci/common.sh

sample=tests/examples/changsha-hitech-2019.json

need_packages .ci/packages-build.txt
step "fonts: unpacking and checking what fonts/lock.xml names" fonts/install.sh
step "configuring build/" cmake --preset release --log-level=WARNING
step "building build/banxin" cmake --build --preset release --target banxin -- --quiet

step "preparing the fonts: four seconds now, time saved on every report" \
    build/banxin fonts prepare --dir build/share/banxin/faces

mkdir -p out || die "cannot make the folder out/"
rm -f out/sample.pdf out/sample-*.png
step "rendering $sample" build/banxin render "$sample" -o out/sample.pdf
step "drawing its pages" build/banxin preview "$sample" -o out/sample-%d.png

say "done. The sample report:"
printf '  %s\n' "$PWD/out/sample.pdf" "$PWD"/out/sample-*.png
say "next: build/banxin render REPORT.json -o REPORT.pdf    (build/banxin --help tells the rest)"
