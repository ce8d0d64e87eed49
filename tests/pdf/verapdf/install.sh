#!/usr/bin/env bash
# install.sh DIR: brings veraPDF into DIR by Maven. Does nothing when it is there already.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec "$here/../../../.ci/jars" "$here/pom.xml" "$1"
