#!/usr/bin/env bash
# Reads of 125 registers over loopback TCP: Flip.Edge beside libmodbus, against the same server (libmodbus, in C, a process of its own).
# Needs gcc and libmodbus-dev. Usage: eng/bench/modbus-read/run.sh [READS] [ROUNDS]
set -euo pipefail
cd "$(dirname "$0")"
reads=${1:-20000} rounds=${2:-9} port=${PORT:-15502}
out=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$out"' EXIT

for program in client server; do
    # shellcheck disable=SC2046
    gcc -O2 -Wall -o "$out/$program" "libmodbus_$program.c" $(pkg-config --cflags --libs libmodbus)
done
dotnet build -c Release -v quiet --nologo >&2
"$out/server" "$port" & server=$!
sleep 0.5

for _ in $(seq "$rounds"); do
    "$out/client" "$port" "$reads"
    bin/Release/net10.0/modbus-read "$port" "$reads"
done | tee /dev/stderr > "$out/rows"

# The median of each column over the rounds: the machine may have other things to do.
printf '\n%-32s %10s %8s %8s %9s\n' "median of $rounds rounds of $reads" reads/s us/read cpu-us bytes/read
cut -c1-32 "$out/rows" | awk '!seen[$0]++' | while IFS= read -r name; do
    printf '%-32s' "$name"
    for column in 1 2 3 4; do
        [ "$column" = 4 ] && width=9 || width=8
        [ "$column" = 1 ] && width=10
        value=$(grep -F "$name" "$out/rows" | cut -c33- | awk -v c="$column" '{print $c}' | sort -g | awk '{v[NR]=$1} END {print v[int((NR+1)/2)]}')
        printf ' %*s' "$width" "$value"
    done
    printf '\n'
done
