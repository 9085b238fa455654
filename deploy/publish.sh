#!/usr/bin/env bash
# Publishes the daemon as one native binary for each architecture, into artifacts/publish/<rid>/.
#
#   bash deploy/publish.sh                 linux-x64, and linux-arm64 where its cross tools are installed
#   bash deploy/publish.sh linux-arm64     that one alone; a missing tool is an error then
#
# Native AOT links with clang against zlib. The SDK strips the binary and leaves its symbols beside it in flip-edge.dbg:
# keep that file for reading a crash, it does not go onto a gateway.
set -euo pipefail
cd "$(dirname "$0")/.."

# Debian's names. For arm64: dpkg --add-architecture arm64 && apt-get update, then the same apt-get line.
declare -A PACKAGES=(
  [linux-x64]="clang zlib1g-dev"
  [linux-arm64]="clang lld gcc-aarch64-linux-gnu zlib1g-dev:arm64"
)

missing() {
  local rid=$1 package wanted=()
  for package in ${PACKAGES[$rid]}; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || wanted+=("$package")
  done
  # Another distribution has other package names: there the tools themselves are looked for.
  if ! command -v dpkg-query > /dev/null; then
    wanted=()
    command -v clang > /dev/null || wanted+=(clang)
    if [[ $rid == linux-arm64 ]]; then
      command -v ld.lld > /dev/null || wanted+=(lld)
      command -v aarch64-linux-gnu-gcc > /dev/null || wanted+=(gcc-aarch64-linux-gnu)
    fi
  fi
  echo "${wanted[*]}"
}

publish() {
  local rid=$1 out=artifacts/publish/$1
  rm -rf "$out"
  dotnet publish src/Flip.Edge -c Release -r "$rid" -o "$out" --nologo -v quiet
  rm -f "$out"/*.pdb "$out"/*.xml
  SIZES+=("$(printf '%-12s %10s bytes  %5s MB  %s' "$rid" "$(stat -c %s "$out/flip-edge")" \
    "$(awk -v b="$(du -cb "$out"/flip-edge "$out"/*.so 2>/dev/null | tail -1 | cut -f1)" 'BEGIN { printf "%.1f", b / 1000000 }')" "$out/")")
}

command -v dotnet > /dev/null || { echo "dotnet is missing: install the .NET SDK that global.json names" >&2; exit 1; }

# Two builds of one commit are one binary, and the clock is not trusted before this day (see BuildDate in src/Flip.Edge).
if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
fi
export SOURCE_DATE_EPOCH

SIZES=()
for rid in "${@:-linux-x64 linux-arm64}"; do
  for one in $rid; do
    [[ -n ${PACKAGES[$one]:-} ]] || { echo "$one is not built here: linux-x64 and linux-arm64 are" >&2; exit 2; }
    lacking=$(missing "$one")
    if [[ -z $lacking ]]; then
      publish "$one"
    elif [[ $# -eq 0 && $one == linux-arm64 ]]; then
      echo "linux-arm64 is left out; for it: apt-get install $lacking"
    else
      echo "$one needs: apt-get install $lacking" >&2
      exit 1
    fi
  done
done

echo "SOURCE_DATE_EPOCH $SOURCE_DATE_EPOCH ($(date -u -d "@$SOURCE_DATE_EPOCH" +%F))"
printf '%s\n' "${SIZES[@]}"
