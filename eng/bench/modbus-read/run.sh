#!/usr/bin/env bash
# Reads of 125 registers over loopback TCP: Flip.Edge beside libmodbus, against the same server (libmodbus, in C, a process of its own).
# Needs gcc and libmodbus-dev. Usage: eng/bench/modbus-read/run.sh [READS] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")"
reads=${1:-40000} rounds=${2:-3} port=${PORT:-15502}
out=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$out"' EXIT

for program in client server; do
    # shellcheck disable=SC2046
    gcc -O2 -Wall -o "$out/$program" "libmodbus_$program.c" $(pkg-config --cflags --libs libmodbus)
done
dotnet build -c Release -v quiet --nologo >&2
"$out/server" "$port" & server=$!
sleep 0.5

printf '%-32s %10s %8s %8s %9s\n' "125 registers, libmodbus $(pkg-config --modversion libmodbus)" reads/s us/read cpu-us bytes/read
for _ in $(seq "$rounds"); do
    "$out/client" "$port" "$reads"
    bin/Release/net10.0/modbus-read "$port" "$reads"
done
