#!/bin/sh
# Checks the whole project, from a bare Debian 12 on: the libraries first, then each check in turn, stopping
# at the first that fails. The types are checked beside the unit tests.
#
#   sh packaging/test.sh              every check
#   sh packaging/test.sh --tout       every check, then the journeys on a real server, fifty desks and three
#                                     windows on one (three quarters of an hour)
#   sh packaging/test.sh --mesures    only the measurements of tests/benchmarks
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/environment.sh
. "$project/packaging/environment.sh"

sections='exécution essais'
case ${1-} in
    '' | --tout) ;;
    --mesures) sections='exécution essais mesures' ;;
    *) stop "option inconnue : $1 (existent --tout et --mesures)." ;;
esac

SYSTEM_PACKAGES="$SYSTEM_PACKAGES $TEST_PACKAGES"
[ -n "$(server_programs)" ] || SYSTEM_PACKAGES="$SYSTEM_PACKAGES $SERVER_PACKAGE"
# shellcheck disable=SC2086  # a list of names
prepare_environment $sections
[ -n "$(server_programs)" ] || stop "il manque un serveur PostgreSQL pour les essais (initdb, pg_ctl)."
# A test that needs the server fails without it here, instead of being left out.
export OSNP_SERVEUR_EXIGE=oui
cd "$project"
python=$venv/bin/python

# Thousands of small bases are made, synced and thrown away: in memory, where there is room for them.
in_memory=/dev/shm
if [ -w "$in_memory" ] && [ "$(df -Pk "$in_memory" | awk 'NR == 2 { print $4 }')" -ge 4000000 ]; then
    scratch=$(mktemp -d "$in_memory/osnp-essais.XXXXXX")
else
    scratch=$(mktemp -d)
fi
chmod 711 "$scratch"  # the throw-away server is another user
beside_pid=
tidy() {
    [ -z "$beside_pid" ] || kill "$beside_pid" 2>/dev/null || true
    rm -rf "$scratch"
}
trap tidy EXIT
trap 'exit 130' INT TERM HUP

# tests_of ARGUMENT...: pytest in three processes, since many a test waits for a server, a process or a thread.
tests_of() {
    TMPDIR=$scratch QT_QPA_PLATFORM=offscreen "$python" -m pytest -n 3 --dist worksteal "$@"
}

# check TITLE COMMAND...: one step; says its title first, and stops everything if it fails.
check() {
    title=$1
    shift
    printf '\n=== %s ===\n' "$title"
    "$@" || {
        code=$?
        printf '\n=== ÉCHEC : %s ===\n' "$title"
        exit "$code"
    }
}

# beside TITLE COMMAND...: begins a step while others go on; `joined` waits for it and says how it went.
beside() {
    beside_title=$1
    shift
    "$@" >"$scratch/beside" 2>&1 &
    beside_pid=$!
}

joined() {
    said=0
    wait "$beside_pid" || said=$?
    beside_pid=
    check "$beside_title" sh -c 'cat "$1"; exit "$2"' sh "$scratch/beside" "$said"
}

# other_tests: the test files outside tests/unit, benchmarks apart.
other_tests() {
    find tests \( -path tests/unit -o -name benchmarks \) -prune -o -name 'test_*.py' -print
}

if [ "${1-}" = --mesures ]; then
    check "Mesures (tests/benchmarks)" "$python" tests/benchmarks/run_all.py
    exit 0
fi

check "Mise en forme (ruff format)" "$python" -m ruff format --check
check "Règles d'écriture (ruff check)" "$python" -m ruff check
check "Couches et imports (import-linter)" "$venv/bin/lint-imports" --no-logo
beside "Types (mypy --strict)" "$python" -m mypy --strict

# Their own conftest refuses Qt, SQL, HTTP and the keyring: a module that imports one fails there.
check "Tests unitaires, sans Qt (tests/unit)" tests_of -p no:pytest-qt tests/unit
joined
if [ -n "$(other_tests)" ]; then
    check "Autres tests" tests_of tests --ignore=tests/unit
fi
if [ "${1-}" = --tout ]; then
    check "Parcours, la base sur un serveur (tests/journeys)" tests_of --base=serveur tests/journeys
    check "Cinquante postes sur un serveur (tests/load)" "$python" tests/load/many_desks.py
    check "Trois fenêtres pendant dix minutes (tests/load)" "$python" tests/load/three_windows.py
fi
