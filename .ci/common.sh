# Shared by setup.sh, check.sh and .ci/run: messages, and Debian packages by name.
# To be sourced by a bash script that has set `me` to its own name and stands in the project's root.

say() {
    printf '%s: %s\n' "$me" "$*"
}

die() {
    printf '%s: stopped: %s\n' "$me" "$*" >&2
    exit 1
}

# step WHAT COMMAND...: runs the command; when it fails, says which step it was and ends.
step() {
    local what=$1
    shift
    say "$what"
    "$@" || die "\"$what\" failed with status $?; its own messages stand above"
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

# need_packages LIST: installs what is missing of the packages a list file names, one a line,
# and asks apt for nothing when all are there.
need_packages() {
    local list=$1 missing=() name
    command -v dpkg-query >/dev/null 2>&1 || die "this is no Debian system (dpkg-query is missing)"
    while read -r name; do
        case "$name" in '' | '#'*) continue ;; esac
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
            missing+=("$name")
    done <"$list"
    if [ ${#missing[@]} -eq 0 ]; then
        say "Debian packages of $list: all there"
        return 0
    fi

    say "installing: ${missing[*]}"
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -q -y
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 --no-install-recommends)
    # An index that cannot be fetched (a third party's source, say) need not stop the install: what
    # counts is whether the packages come.
    as_root "${apt[@]}" update </dev/null || say "apt-get update complained; going on"
    as_root "${apt[@]}" install "${missing[@]}" </dev/null ||
        die "apt-get could not install: ${missing[*]}"
}
