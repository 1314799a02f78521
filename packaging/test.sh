#!/bin/sh
# Checks the whole project, from a bare Debian 12 on: the libraries first, then each check in turn, stopping
# at the first that fails.
#
#   sh packaging/test.sh              every check
#   sh packaging/test.sh --tout       every check, then fifty desks and three windows on one server (20 min)
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
check "Types (mypy --strict)" "$python" -m mypy --strict
check "Couches et imports (import-linter)" "$venv/bin/lint-imports" --no-logo

# Their own conftest refuses Qt, SQL, HTTP and the keyring: a module that imports one fails there.
check "Tests unitaires, sans Qt (tests/unit)" "$python" -m pytest -n 2 -p no:pytest-qt tests/unit
if [ -n "$(other_tests)" ]; then
    check "Autres tests" env QT_QPA_PLATFORM=offscreen "$python" -m pytest -n 2 tests --ignore=tests/unit
fi
if [ "${1-}" = --tout ]; then
    check "Cinquante postes sur un serveur (tests/load)" "$python" tests/load/many_desks.py
    check "Trois fenêtres pendant dix minutes (tests/load)" "$python" tests/load/three_windows.py
fi
