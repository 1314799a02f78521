#!/bin/sh
# Regenerates requirements.lock from the pins of pyproject.toml: every package, direct or not, with the
# SHA-256 of every file published for its version, so that one lock serves Linux, Windows and macOS.
#
#   sh packaging/lock.sh              keeps the indirect versions that are locked already
#   sh packaging/lock.sh --nouveau    takes the newest indirect versions that the pins admit
#
# Needs Python 3.11 and the network. Changes nothing but requirements.lock, and that only at the very end.
set -eu

LOCKER='uv==0.13.9'

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/environment.sh
. "$project/packaging/environment.sh"

keep=yes
case ${1-} in
    '') ;;
    --nouveau) keep=no ;;
    *) stop "option inconnue : $1 (seule existe --nouveau)." ;;
esac

# The lock holds what the public index publishes, whatever this machine's settings add or hide.
unset UV_INDEX UV_INDEX_URL UV_DEFAULT_INDEX UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONSTRAINT UV_OVERRIDE \
    UV_EXCLUDE_NEWER UV_PRERELEASE UV_RESOLUTION UV_NO_BINARY UV_ONLY_BINARY UV_CONFIG_FILE

find_python || stop "il faut Python $PYTHON_MINIMUM ou plus récent pour refaire le verrou."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say "Préparation de l'outil de verrouillage…"
"$PYTHON" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$LOCKER"

# compile_lock OUTPUT [OPTION...]: resolves the runtime pins and those of the groups named by the options.
compile_lock() {
    compiled=$1
    shift
    (cd "$project" && "$work/venv/bin/uv" pip compile --quiet --no-config --no-cache --universal \
        --python "$work/venv/bin/python" --python-version "$PYTHON_MINIMUM" --only-binary :all: \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
        --output-file "$compiled" "$@" pyproject.toml)
}

for name in execution essais mesures; do
    : >"$work/$name.txt"
done
if [ "$keep" = yes ] && [ -f "$lock" ]; then
    for name in execution essais mesures; do
        cp "$lock" "$work/$name.txt"
    done
fi

say "Résolution…"
compile_lock "$work/execution.txt"
# The higher sections hold the lower ones' versions.
compile_lock "$work/essais.txt" --group essais --constraint "$work/execution.txt"
compile_lock "$work/mesures.txt" --group essais --group mesures --constraint "$work/essais.txt"

"$work/venv/bin/python" - "$work" >"$work/requirements.lock" <<'PYTHON'
import pathlib
import sys

work = pathlib.Path(sys.argv[1])


def blocks(name):
    """The requirements of one resolution, each with its lines of hashes."""
    found = []
    for line in (work / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            found[-1] += line + "\n"
        else:
            found.append(line + "\n")
    return found


print("# Written by packaging/lock.sh from the pins of pyproject.toml; not to be edited by hand.")
print("# Three sections, each to be installed after those above it:")
print("#   pip install --require-hashes --no-deps -r SECTION")
below = set()
for name, title in (("execution", "exécution"), ("essais", "essais"), ("mesures", "mesures")):
    print(f"\n# === section : {title} ===")
    for block in blocks(name):
        if block not in below:
            below.add(block)
            print(block, end="")
PYTHON

grep -q '://' "$work/requirements.lock" && stop "le verrou obtenu nomme une adresse ; il n'est pas écrit."
cp "$work/requirements.lock" "$lock"
say "Écrit : requirements.lock ($(grep -c '==' "$lock") paquets)."
