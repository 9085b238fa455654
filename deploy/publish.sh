#!/usr/bin/env bash
# Publishes the daemon as one native binary for each architecture, into artifacts/publish/<rid>/, stripped; its symbols into
# artifacts/symbols/<rid>/. Installs what it needs where it may: as root, on Debian or Ubuntu; says the command else.
#
#   bash deploy/publish.sh                 linux-x64 and linux-arm64
#   bash deploy/publish.sh linux-arm64     that one alone
#
# The same commit gives the same bytes, wherever and whenever it is built: bash deploy/reproduce.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/lib.sh

# The oldest glibc that the binary and its libraries run with: Debian 12 has 2.36, Ubuntu 22.04 2.35 (docs/operations.md).
GLIBC_FLOOR=2.34

# Native AOT links with clang against zlib. On arm64 it crosses, with lld and the other architecture's start files.
tools() {
  case $1 in
    linux-x64) need clang binutils zlib1g-dev ;;
    linux-arm64) need_foreign arm64 clang lld gcc-aarch64-linux-gnu zlib1g-dev:arm64 ;;
  esac
}

glibc() { readelf -W --dyn-syms "$1" | grep -o '@GLIBC_[0-9.]*' | tr -d @ | sort -Vu | tail -1; } # FILE: the newest that it asks for

build_id() { readelf -n "$1" 2> /dev/null | sed -n 's/.*Build ID: //p'; } # FILE

above_floor() { # FILE…: fails when one asks for a newer glibc than the floor, and names what it asks for
  local file newest failed=0
  for file in "$@"; do
    newest=$(glibc "$file")
    [[ $(printf '%s\n' "GLIBC_$GLIBC_FLOOR" "$newest" | sort -V | tail -1) != "GLIBC_$GLIBC_FLOOR" ]] || continue
    echo "$file needs $newest, and GLIBC_$GLIBC_FLOOR is the floor:" >&2
    readelf -W --dyn-syms "$file" | grep -F "@$newest" | awk '{ print "    " $8 }' >&2
    failed=1
  done
  return $failed
}

publish() {
  local rid=$1 out=artifacts/publish/$1 symbols=artifacts/symbols/$1 build=$PWD/artifacts/build/$1 strip=strip objcopy=objcopy id notices began=$SECONDS
  [[ $rid == linux-x64 ]] || strip=aarch64-linux-gnu-strip objcopy=aarch64-linux-gnu-objcopy
  rm -rf "$out" "$symbols" "$build"
  # Paths of this machine don't go into the binary (DeterministicSourcePaths). In a folder of its own: what an ordinary build has left in
  # bin and obj holds them, and would be taken as it is.
  dotnet publish src/Flip.Edge -c Release -r "$rid" -o "$out" --artifacts-path "$build" --nologo -v quiet -p:ContinuousIntegrationBuild=true \
    -p:SourceRevisionId="$(commit)"
  rm -f "$out"/*.pdb "$out"/*.xml
  mkdir -p "$symbols"
  "$strip" --strip-unneeded "$out"/*.so

  # The linker's build id and .gnu_debuglink also hash the symbols. An id of what runs is the same for the same code (decision 23).
  if [[ $(build_id "$out/flip-edge") != "$(build_id "$out/flip-edge.dbg")" ]]; then
    echo "$out/flip-edge.dbg holds the symbols of another build than $out/flip-edge" >&2
    return 1
  fi
  id=$("$objcopy" --remove-section .note.gnu.build-id --remove-section .gnu_debuglink "$out/flip-edge" "$symbols/plain" && sha1sum < "$symbols/plain")
  id=${id%% *}
  printf '\x04\0\0\0\x14\0\0\0\x03\0\0\0GNU\0%b' "$(sed 's/../\\x&/g' <<< "$id")" > "$symbols/note"
  "$objcopy" --update-section ".note.gnu.build-id=$symbols/note" --remove-section .gnu_debuglink "$out/flip-edge"
  "$objcopy" --update-section ".note.gnu.build-id=$symbols/note" "$out/flip-edge.dbg" "$symbols/flip-edge.dbg"
  rm "$symbols/plain" "$symbols/note" "$out/flip-edge.dbg"

  # gdb and coredumpctl look for symbols by build id: set debug-file-directory artifacts/symbols/<rid>.
  mkdir -p "$symbols/.build-id/${id:0:2}"
  ln -s ../../flip-edge.dbg "$symbols/.build-id/${id:0:2}/${id:2}.debug"

  # What the runtime in the binary asks to be told: its own notices, from the package that was linked.
  notices=$(sed -n "\\|^-r:.*/microsoft.netcore.app.runtime.nativeaot.$rid/| { s|^-r:\(.*/microsoft.netcore.app.runtime.nativeaot.$rid/[^/]*\)/.*|\1|p; q }" \
    "$build/obj/Flip.Edge/release_$rid/native/flip-edge.ilc.rsp")
  install -m 644 "$notices/THIRD-PARTY-NOTICES.TXT" "$out/dotnet-third-party-notices.txt"
  chmod 755 "$out/flip-edge" && chmod 644 "$out"/*.so
  of_this_commit "$out/flip-edge" "$rid"

  above_floor "$out/flip-edge" "$out"/*.so
  SIZES+=("$(printf '%-12s %10s bytes, with its libraries %s MB; needs %s; build id %s; %d s; %s/' "$rid" "$(stat -c %s "$out/flip-edge")" \
    "$(cat "$out/flip-edge" "$out"/*.so | wc -c | awk '{ printf "%.1f", $1 / 1000000 }')" "$(glibc "$out/flip-edge")" "${id:0:12}" $((SECONDS - began)) "$out")")
}

command -v dotnet > /dev/null || { echo "dotnet is missing: install the .NET SDK that global.json names" >&2; exit 1; }
[[ $# -gt 0 ]] || set -- linux-x64 linux-arm64
for rid in "$@"; do
  [[ $rid == linux-x64 || $rid == linux-arm64 ]] || { echo "$rid is not built here: linux-x64 and linux-arm64 are" >&2; exit 2; }
  tools "$rid"
done

SIZES=()
for rid in "$@"; do publish "$rid"; done
echo "SOURCE_DATE_EPOCH $SOURCE_DATE_EPOCH ($(date -u -d "@$SOURCE_DATE_EPOCH" +%F))"
printf '%s\n' "${SIZES[@]}"
