#!/usr/bin/env bash
# install.sh DIR: brings veraPDF into DIR by Maven, whose own cache keeps it. Does nothing when it
# is there already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
into=$1
mkdir -p "$into"
into=$(cd "$into" && pwd)
if cmp -s "$here/pom.xml" "$into/pom.xml"; then
    exit 0
fi
rm -rf "$into/jars"
mvn --batch-mode --quiet --file "$here/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$into/jars" </dev/null
ls "$into"/jars/*.jar >/dev/null
cp "$here/pom.xml" "$into/pom.xml"
