#!/usr/bin/env bash
# Brings the free faces that lock.xml pins, and verifies the SHA-256 of every one.
#
# Most come as Debian packages. Fandol lies in texlive-lang-chinese, which depends on TeX: that
# package is downloaded, the six faces and their licence are unpacked, and nothing of it is
# installed. With all faces in place this only computes digests. Needs root or sudo to install.
set -u -o pipefail
umask 022
export LC_ALL=C DEBIAN_FRONTEND=noninteractive
cd "$(dirname "$0")" || exit 1

say() {
    printf 'fonts: %s\n' "$*"
}

die() {
    printf 'fonts/install.sh: stopped: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null 2>&1; then
        sudo "$@"
    else
        die "root is needed to install packages: run as root, or install sudo"
    fi
}

apt=(apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
is_updated=no

# try_with_update WHAT COMMAND...: once more with a fresh package index when it fails.
try_with_update() {
    local what=$1
    shift
    "$@" </dev/null >"$work/log" 2>&1 && return 0
    if [ "$is_updated" = no ]; then
        is_updated=yes
        as_root "${apt[@]}" update </dev/null >"$work/log" 2>&1 ||
            say "apt-get update complained; going on"
        "$@" </dev/null >"$work/log" 2>&1 && return 0
    fi
    cat "$work/log" >&2
    die "$what"
}

download() {
    (cd "$work" && "${apt[@]}" -o APT::Sandbox::User=root download "$1")
}

unpack_fandol() {
    local package=texlive-lang-chinese face
    say "downloading $package (49 MB) to unpack Fandol; it is not installed"
    try_with_update "$package could not be downloaded" download "$package"
    mkdir "$work/tree"
    dpkg-deb --fsys-tarfile "$work/$package"_*.deb | tar -x -C "$work/tree" --wildcards \
        './usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/Fandol[FHKS]*.otf' \
        './usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz' ||
        die "$package does not hold the faces of Fandol and their licence"
    mkdir -p unpacked/fandol || die "cannot make the folder fonts/unpacked/fandol"
    # By way of a second name in the same folder: no face is ever seen half written.
    while IFS= read -r face; do
        cp "$face" unpacked/fandol/.new && chmod 644 unpacked/fandol/.new &&
            mv -f unpacked/fandol/.new "unpacked/fandol/$(basename "$face")" ||
            die "cannot write to fonts/unpacked/fandol"
    done < <(find "$work/tree" -type f)
}

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

# One line a face: package, SHA-256, file. The attributes of a face stand on several lines.
{ tr '\n' ' ' <lock.xml && echo; } | sed 's/<face /\n&/g' |
    sed -n 's/^<face .*file="\([^"]*\)".*sha256="\([^"]*\)".*package="\([^"]*\)".*/\3 \2 \1/p' \
        >"$work/faces"
[ -s "$work/faces" ] && [ "$(wc -l <"$work/faces")" -eq "$(grep -c '<face ' lock.xml)" ] ||
    die "fonts/lock.xml cannot be read"

debian=()
while read -r package digest file; do
    [ -f "$file" ] && continue
    case $file in
    unpacked/fandol/*) [ -d "$work/tree" ] || unpack_fandol ;;
    *) [[ " ${debian[*]-} " == *" $package "* ]] || debian+=("$package") ;;
    esac
done <"$work/faces"
if [ ${#debian[@]} -gt 0 ]; then
    say "installing ${debian[*]}"
    try_with_update "these packages could not be installed: ${debian[*]}" \
        as_root "${apt[@]}" --no-install-recommends --reinstall install "${debian[@]}"
fi

while read -r package digest file; do
    [ -f "$file" ] || die "$file did not come with the package $package"
    found=$(sha256sum "$file") || die "$file cannot be read"
    [ "${found%% *}" = "$digest" ] ||
        die "$file is not the pinned one: SHA-256 ${found%% *}, lock.xml has $digest ($package)"
done <"$work/faces"
say "all $(wc -l <"$work/faces") pinned faces are there, with the digests of fonts/lock.xml"
