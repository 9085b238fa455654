#!/usr/bin/env bash
# Builds the packages of HEAD twice, in two directories with names of different lengths, one after the other, and compares every file of
# artifacts/publish and the packages. The symbols are not compared: they do not go onto a gateway.
#
#   bash deploy/reproduce.sh [amd64] [arm64]     both where none is named; minutes for each
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# -gt 0 ]] || set -- amd64 arm64

commit=$(git rev-parse HEAD) # of now: somebody may commit before the second build
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for copy in a another-directory; do
  # A clone: what is not committed has no part in it.
  git clone --quiet --no-checkout "file://$PWD" "$work/$copy"
  git -C "$work/$copy" checkout --quiet --detach "$commit"
  (cd "$work/$copy" && env -u SOURCE_DATE_EPOCH bash deploy/deb.sh "$@" > "$work/$copy.log" 2>&1) || { cat "$work/$copy.log" >&2 && exit 1; }
  (cd "$work/$copy/artifacts" && find publish deb -maxdepth 3 -type f -not -path 'deb/*/*' -exec sha256sum {} + | sort -k 2) > "$work/$copy.sums"
done

cat "$work/a.sums"
if diff "$work/a.sums" "$work/another-directory.sums"; then
  echo "$(wc -l < "$work/a.sums") files, the same in both builds of ${commit:0:12}"
else
  echo "the two builds of ${commit:0:12} differ in the files above" >&2
  exit 1
fi
