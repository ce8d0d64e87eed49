#!/usr/bin/env bash
# install.sh DIR: brings pdf.js into DIR by Maven, whose own cache keeps it. Does nothing when it is
# there already. Of what the archive holds, the two files of the reader are taken.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
into=$1
mkdir -p "$into"
into=$(cd "$into" && pwd)
if cmp -s "$here/pom.xml" "$into/pom.xml"; then
    exit 0
fi
rm -rf "$into/jars" "$into"/*.mjs
mvn --batch-mode --quiet --file "$here/pom.xml" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$into/jars" </dev/null
/usr/bin/python3 - "$into" <<'END'
import glob, os, sys, zipfile
jar, = glob.glob(sys.argv[1] + "/jars/*.jar")
with zipfile.ZipFile(jar) as archive:
    for name in archive.namelist():
        if name.endswith(("/legacy/build/pdf.mjs", "/legacy/build/pdf.worker.mjs")):
            with open(os.path.join(sys.argv[1], os.path.basename(name)), "wb") as file:
                file.write(archive.read(name))
END
ls "$into"/pdf.mjs "$into"/pdf.worker.mjs >/dev/null
cp "$here/pom.xml" "$into/pom.xml"
