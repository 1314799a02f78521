# shellcheck shell=sh
# What packaging/run.sh and packaging/test.sh share: the system packages, a Python recent enough, and the
# environment .venv made from requirements.lock. To be sourced, with $project (absolute path) set.
#
# Everything here speaks on standard error, so that standard output carries only the program's own words.
# A finished section leaves its stamp in .venv, written last: no stamp, or another one than today's, means
# that the section is not there. With every stamp right, nothing is installed and no network is used.

PYTHON_MINIMUM=3.11
# Debian packages needed besides Python itself: what Qt loads, without a screen and on one.
SYSTEM_PACKAGES='ca-certificates libglib2.0-0 libegl1 libgl1 libx11-6 libdbus-1-3 libfontconfig1 libfreetype6
 libxkbcommon0 libbrotli1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1
 libxkbcommon-x11-0'
# What only the checks need: a screen without a monitor, a window manager that gives the focus, keys typed in,
# pictures of the screen (imagemagick), networks of their own for some desks (iproute2).
# pdfsig (poppler-utils) looks at signatures, softhsm2 is a card in software, cups-pdf a printer in software.
TEST_PACKAGES='xvfb xauth openbox xdotool imagemagick iproute2 poppler-utils softhsm2 cups cups-client
 printer-driver-cups-pdf'
# The server that the checks start for themselves; any version that is already there does.
SERVER_PACKAGE='postgresql'
# Debian packages that bring Python, asked for only when no usable Python is found.
PYTHON_PACKAGES='python3 python3-venv'

: "${project:?}"
venv=$project/.venv
lock=$project/requirements.lock
PYTHON=

# Modules must come from .venv alone.
unset PYTHONPATH PYTHONHOME PYTHONSTARTUP

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "osnp-console : $*"
    exit 1
}

# --- system packages -----------------------------------------------------------------------------------

# missing_packages NAME...: those that dpkg does not know as installed, on one line.
missing_packages() {
    found_missing=
    for package; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true) in
            *' ok installed') ;;
            *) found_missing="$found_missing $package" ;;
        esac
    done
    printf '%s' "${found_missing# }"
}

# install_packages NAME...: by apt-get, as root or through sudo; else says what to type, and stops.
install_packages() {
    apt_line="apt-get update && apt-get install -y --no-install-recommends $*"
    if ! command -v apt-get >/dev/null 2>&1; then
        stop "il manque les paquets système suivants, à installer avec les outils de ce système : $*"
    fi
    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    elif command -v sudo >/dev/null 2>&1 && [ -t 0 ] && [ -t 2 ]; then
        as_root='sudo'
    else
        say "osnp-console : il manque des paquets système ($*) et seul l'administrateur peut les installer."
        say "Tapez, en administrateur (root), la ligne suivante, puis relancez :"
        say ""
        say "    $apt_line"
        exit 1
    fi
    say "Installation des paquets système manquants : $*"
    doing="l'installation des paquets système"
    # An out-of-date or partly broken list of sources may still hold what is needed: only the install counts.
    # shellcheck disable=SC2086  # $as_root is nothing or a command with its option
    $as_root apt-get -o DPkg::Lock::Timeout=120 update >&2 ||
        say "La liste des paquets n'a pas pu être mise à jour (voir ci-dessus) ; on essaie avec l'ancienne."
    # shellcheck disable=SC2086
    if ! $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 \
        install -y --no-install-recommends "$@" >&2 </dev/null; then
        say ""
        say "osnp-console : les paquets système n'ont pas pu être installés ; la cause est écrite ci-dessus."
        say "Une fois la cause levée (réseau, place sur le disque, installation interrompue à reprendre par"
        say "« dpkg --configure -a »), relancez, ou tapez en administrateur :"
        say ""
        say "    $apt_line"
        exit 1
    fi
    doing=
}

# --- Python --------------------------------------------------------------------------------------------

# find_python: sets PYTHON to a command recent enough and able to make an environment; false if there is none.
find_python() {
    for candidate in python3 /usr/bin/python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys, venv, ensurepip
sys.exit(sys.version_info < tuple(map(int, sys.argv[1].split("."))))' "$PYTHON_MINIMUM" >/dev/null 2>&1; then
            PYTHON=$candidate
            return 0
        fi
    done
    return 1
}

# stop_if_python_too_old: stops if every Python found is too old.
stop_if_python_too_old() {
    for candidate in python3 /usr/bin/python3; do
        version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        "$candidate" -c 'import sys; sys.exit(sys.version_info < tuple(map(int, sys.argv[1].split("."))))' \
            "$PYTHON_MINIMUM" 2>/dev/null && return 0
        too_old=$version
    done
    [ -z "${too_old-}" ] || stop "Python $too_old est trop ancien : il faut Python $PYTHON_MINIMUM ou plus" \
        "récent. Debian 12 et les suivantes l'apportent."
}

# server_programs: the folder of initdb, of the newest PostgreSQL installed; nothing without one.
server_programs() {
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ ! -x "$initdb" ] || found_server=$(dirname -- "$initdb")
    done
    if [ -z "${found_server-}" ] && command -v initdb >/dev/null 2>&1; then
        found_server=$(dirname -- "$(command -v initdb)")
    fi
    printf '%s' "${found_server-}"
}

prepare_system() {
    wanted=
    if ! find_python; then
        # When the system's own Python is there and too old, no package of this system would help.
        if ! command -v dpkg-query >/dev/null 2>&1 || [ -z "$(missing_packages python3)" ]; then
            stop_if_python_too_old
        fi
        wanted=$PYTHON_PACKAGES
    fi
    if command -v dpkg-query >/dev/null 2>&1; then
        # shellcheck disable=SC2086  # lists of names
        wanted=$(missing_packages $wanted $SYSTEM_PACKAGES)
    fi
    if [ -n "$wanted" ]; then
        # shellcheck disable=SC2086
        install_packages $wanted
    fi
    if [ -z "$PYTHON" ] && ! find_python; then
        stop_if_python_too_old
        stop "aucun Python utilisable n'a été trouvé : il faut Python $PYTHON_MINIMUM ou plus récent, avec ses" \
            "modules « venv » et « ensurepip » (paquets Debian : $PYTHON_PACKAGES)."
    fi
}

# --- .venv ---------------------------------------------------------------------------------------------

# lock_section NAME: the lines of one section of the lock.
lock_section() {
    awk -v wanted="# === section : $1 ===" '
        /^# === section : / { inside = ($0 == wanted); next }
        inside' "$lock"
}

# stamp_of NAME: what the section's stamp must say. The path counts since an environment cannot be moved; of
# Python's version only what the libraries depend on does, so that a security update costs no new download.
stamp_of() {
    lock_section "$1" | sha256sum | cut -d ' ' -f 1
    "$venv/bin/python" -c 'import platform, sys
print(sys.implementation.cache_tag, platform.machine())' 2>/dev/null || echo 'no python'
    printf '%s\n' "$project"
}

stamp_file() {
    case $1 in
        exécution) printf '%s' "$venv/.stamp-execution" ;;
        *) printf '%s' "$venv/.stamp-$1" ;;
    esac
}

section_is_ready() {
    [ -f "$(stamp_file "$1")" ] && [ "$(cat "$(stamp_file "$1")")" = "$(stamp_of "$1")" ]
}

interrupted() {
    trap - INT TERM HUP
    say ""
    say "osnp-console : interrompu pendant ${doing:-la préparation}. Rien n'est perdu : relancez, le travail" \
        "inachevé sera repris."
    exit 130
}

install_section() {
    say "Installation des bibliothèques (section « $1 » de requirements.lock)…"
    doing="l'installation des bibliothèques"
    lock_section "$1" >"$venv/.requirements.txt"
    if ! grep -q '[a-z]==[0-9]' "$venv/.requirements.txt"; then
        stop "la section « $1 » manque dans requirements.lock."
    fi
    if ! "$venv/bin/python" -m pip install --disable-pip-version-check --no-input --quiet --no-deps \
        --require-hashes --only-binary :all: -r "$venv/.requirements.txt" >&2 </dev/null; then
        say ""
        say "osnp-console : les bibliothèques n'ont pas pu être installées ; la cause est écrite ci-dessus."
        say "Le plus souvent, le réseau ou son mandataire (proxy) ne répond pas. Relancez une fois la cause levée."
        exit 1
    fi
    rm -f "$venv/.requirements.txt"
}

make_venv() {
    say "Création de l'environnement Python dans $venv…"
    doing="la création de l'environnement Python"
    rm -rf "$venv" || stop "l'ancien environnement n'a pas pu être effacé : $venv"
    if ! "$PYTHON" -m venv "$venv" >&2 </dev/null; then
        stop "l'environnement Python n'a pas pu être créé dans $venv ; la cause est écrite ci-dessus."
    fi
    # The program is used where it lies: no build tool, hence nothing more to fetch. The file names no path,
    # since Python before 3.13 would read an accented one in the system's own encoding.
    "$venv/bin/python" -c 'import pathlib, sysconfig
pathlib.Path(sysconfig.get_path("purelib"), "osnp_console_checkout.pth").write_text(
    "import os, sys; sys.path.append(os.path.dirname(sys.prefix))\n")'
    cat >"$venv/bin/osnp-console" <<'LAUNCHER'
#!/bin/sh
here=$(dirname -- "$(readlink -f -- "$0")")
exec "$here/python" -P -m osnp_console "$@"
LAUNCHER
    chmod +x "$venv/bin/osnp-console"
}

# prepare_environment SECTION...: brings .venv to hold these sections, given from the lowest to the highest.
prepare_environment() {
    [ -f "$lock" ] || stop "le fichier requirements.lock manque dans $project."
    trap interrupted INT TERM HUP
    doing=
    prepare_system
    ready=yes
    for section; do
        section_is_ready "$section" || ready=no
    done
    if [ "$ready" = no ]; then
        install_sections "$@"
    fi
    trap - INT TERM HUP
}

# Two starts at once must not build the same environment: the second waits for the first.
install_sections() {
    doing="la préparation de l'environnement"
    if [ ! -w "$project" ]; then
        stop "le dossier $project n'est pas accessible en écriture : l'environnement ne peut pas y être créé."
    fi
    exec 9<"$project"
    if command -v flock >/dev/null 2>&1 && ! flock -n 9; then
        say "Une autre installation est en cours ; on attend qu'elle finisse…"
        flock 9
    fi
    # Anything half-made, out of date or moved: start again from nothing rather than repair.
    rebuild=no
    section_is_ready exécution || rebuild=yes
    [ ! -e "$venv/.unfinished" ] || rebuild=yes
    for section; do
        [ ! -e "$(stamp_file "$section")" ] || section_is_ready "$section" || rebuild=yes
    done
    if [ "$rebuild" = yes ]; then
        make_venv
    fi
    : >"$venv/.unfinished"
    for section; do
        section_is_ready "$section" && continue
        install_section "$section"
        doing="l'installation des bibliothèques"
        stamp_of "$section" >"$venv/.stamp-new"
        mv "$venv/.stamp-new" "$(stamp_file "$section")"
    done
    rm -f "$venv/.unfinished"
    doing=
    exec 9>&-
}
