#!/bin/sh
# Starts OSNP Console from this checkout, after installing whatever is missing: on a bare Debian 12 this is
# the only command needed. The second start installs nothing and needs no network.
#
#   sh packaging/run.sh                 opens the window; without a screen, plays the demonstration
#   sh packaging/run.sh ARGUMENTS…      passes the arguments to the command line (--help lists them)
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
# shellcheck source=packaging/environment.sh
. "$project/packaging/environment.sh"

prepare_environment exécution

if [ "$#" -eq 0 ] && [ -z "${DISPLAY-}" ] && [ -z "${WAYLAND_DISPLAY-}" ] && [ "$(uname -s)" = Linux ]; then
    say "Il n'y a pas d'écran ici (ni DISPLAY ni WAYLAND_DISPLAY) : voici la démonstration, fenêtre hors écran."
    set -- demonstration
fi
exec "$venv/bin/osnp-console" "$@"
