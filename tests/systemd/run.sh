#!/usr/bin/env bash
# The package on a real systemd: a fresh Debian 12 in a container, the package installed with apt, a broker from Debian, a device of
# pymodbus and the mock cloud, all on the container's own loopback. Needs root, mmdebstrap and systemd-container.
#
#   bash tests/systemd/run.sh --package flip-edge_1_amd64.deb --upgrade flip-edge_2_amd64.deb [--simulator DIRECTORY] [--keep] [STEP…]
#
# STEP is the beginning of a file's name in steps/; without one all are run, in order. --keep leaves the container's files.
# It prints "ok" or "not ok" for each check; the last line is "N passed, N failed", and the exit code is 0 only when nothing failed.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$HERE/../.."

for part in report rootfs container world; do
  # shellcheck source=/dev/null
  . "$HERE/lib/$part.sh"
done

package="" upgrade="" SIMULATOR=src/Flip.Edge.Simulator/bin/Release/net10.0 keep=no only=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --package) package=${2:?--package needs a .deb} && shift 2 ;;
    --upgrade) upgrade=${2:?--upgrade needs a .deb of a higher version} && shift 2 ;;
    --simulator) SIMULATOR=${2:?--simulator needs the directory with flip-edge-sim} && shift 2 ;;
    --keep) keep=yes && shift ;;
    -*) echo "unknown option $1; see the head of $0" >&2 && exit 2 ;;
    *) only+=("$1") && shift ;;
  esac
done

[[ $(id -u) -eq 0 ]] || { echo "root is needed: systemd-nspawn makes namespaces and devices" >&2 && exit 2; }
for tool in mmdebstrap systemd-nspawn nsenter; do
  command -v $tool > /dev/null || { echo "$tool is missing: apt-get install mmdebstrap systemd-container util-linux" >&2 && exit 2; }
done
[[ -f $package && -f $upgrade ]] || { echo "--package and --upgrade need two .deb files, of which the second has the higher version: see deploy/deb.sh" >&2 && exit 2; }
[[ -x $SIMULATOR/flip-edge-sim ]] || { echo "there is no $SIMULATOR/flip-edge-sim: dotnet build -c Release" >&2 && exit 2; }
OLD=$(dpkg-deb --field "$package" Version) NEW=$(dpkg-deb --field "$upgrade" Version)
dpkg --compare-versions "$NEW" gt "$OLD" || { echo "$upgrade ($NEW) is no higher version than $package ($OLD)" >&2 && exit 2; }

SIMULATOR=$(realpath "$SIMULATOR") DOTNET=$(dirname "$(realpath "$(command -v dotnet)")")
WORK=$(mktemp -d /tmp/flip-edge-systemd.XXXXXX) ROOT=$WORK/root DEBS=$WORK/debs

finish() {
  local code=$?
  trap - EXIT
  stage "end"
  halt
  if [[ $keep == yes ]]; then echo "# kept: $WORK"; else rm -rf "$WORK"; fi
  [[ $code -eq 0 ]] || not_ok "the run itself (exit code $code)"
  echo "# $stage: $((SECONDS - stage_began)) s; $SECONDS s altogether, $skipped skipped"
  echo "$passed passed, $failed failed"
  [[ $failed -eq 0 ]] || exit 1
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

stage "root: Debian 12 with $((${#PACKAGES[@]})) packages"
make_rootfs "$ROOT"
mkdir "$DEBS"
cp "$package" "$DEBS/old.deb"
cp "$upgrade" "$DEBS/new.deb"
prepare_world
stage "boot"
boot

for step in "$HERE"/steps/*.sh; do
  name=$(basename "$step" .sh)
  if [[ ${#only[@]} -gt 0 ]]; then
    wanted=no
    for one in "${only[@]}"; do [[ $name != "$one"* ]] || wanted=yes; done
    [[ $wanted == yes ]] || continue
  fi
  stage "$name"
  # shellcheck source=/dev/null
  . "$step"
done
