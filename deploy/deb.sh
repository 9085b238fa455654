#!/usr/bin/env bash
# Builds the Debian packages with Debian's own tools, from what deploy/publish.sh publishes, and has lintian look at them.
#
#   bash deploy/deb.sh                            amd64 and arm64
#   bash deploy/deb.sh amd64                      that one alone
#   bash deploy/deb.sh --version 0.2.0 amd64      under another version than the commit's
#   bash deploy/deb.sh --published amd64          packs what artifacts/publish holds, without publishing anew, if it is of this commit
#
# They land in artifacts/deb/. The same commit gives the same bytes (CONTRIBUTING.md, "The packages").
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/lib.sh

declare -A RIDS=([amd64]=linux-x64 [arm64]=linux-arm64)
TOOLS=(build-essential debhelper lowdown lintian)
MAINTAINER=$(sed -n 's/^Maintainer: //p' deploy/debian/control)

version="" published=no architectures=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --version) version=${2:?--version needs a version, as in 0.2.0} && shift 2 ;;
    --published) published=yes && shift ;;
    amd64 | arm64) architectures+=("$1") && shift ;;
    *) echo "\"$1\" is no architecture that is packed here: amd64 and arm64 are" >&2 && exit 2 ;;
  esac
done
[[ ${#architectures[@]} -gt 0 ]] || architectures=(amd64 arm64)
version=${version:-$(commit_version)}

need "${TOOLS[@]}"
[[ " ${architectures[*]} " != *" arm64 "* ]] || need_foreign arm64 binutils-aarch64-linux-gnu libc6:arm64

man_page() { # PAGE SECTION SENTENCE SOURCE.md
  man_text "$1" "$3" "$4" | lowdown -s -Tman --out-no-smarty --nroff-nolinks -M "title=$1" -M "section=$2" -M "volume=Flip.Edge" -M "source=flip-edge ${version%%~*}" \
    -M "date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)" -M shiftheadinglevelby=-1 -
}

stage() { # DIRECTORY RID: everything that goes into a package
  local payload=$1/payload from=artifacts/publish/$2
  mkdir -p "$payload"/{man,docs,examples,completion,profiles,schema,profiles.d}
  cp -R deploy/debian "$1/debian"
  cp systemd/flip-edge.service "$1/debian/"
  install -m 755 "$from/flip-edge" "$payload/"
  install -m 644 "$from"/*.so "$payload/"
  install -m 644 "$from/dotnet-third-party-notices.txt" "$payload/docs/"
  write_documents "$payload/docs"
  chmod 644 "$payload"/docs/*
  install -m 644 CHANGELOG.md "$1/"
  install -m 644 deploy/flip-edge.json "$payload/"
  install -m 644 deploy/flip-edge.example.json "$payload/examples/"
  install -m 644 deploy/completion/* "$payload/completion/"
  install -m 644 src/Flip.Edge.Devices/Profiles/Families/*.json "$payload/profiles/"
  install -m 644 docs/schema/profile-1.json "$payload/schema/"
  install -m 644 deploy/profiles.d/README "$payload/profiles.d/"
  man_page flip-edge 1 "commissions a home battery's site at Flip Energy" docs/commands.md > "$payload/man/flip-edge.1"
  man_page flip-edge.json 5 "configuration of flip-edge(1)" docs/configuration.md > "$payload/man/flip-edge.json.5"
  cat > "$1/debian/changelog" <<CHANGES
flip-edge ($version-1) unstable; urgency=medium

  * Built from commit $(commit).

 -- $MAINTAINER  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
CHANGES
}

for architecture in "${architectures[@]}"; do
  rid=${RIDS[$architecture]} work=artifacts/deb/$architecture
  if [[ $published == no ]]; then
    bash deploy/publish.sh "$rid"
  elif [[ ! -x artifacts/publish/$rid/flip-edge ]]; then
    echo "there is no artifacts/publish/$rid/flip-edge to pack: bash deploy/publish.sh $rid" >&2 && exit 1
  else
    of_this_commit "artifacts/publish/$rid/flip-edge" "$rid" || exit 1
  fi
  rm -rf "$work"
  stage "$work/flip-edge" "$rid"
  # -d: what it needs was looked for above, and Debian's list of it is for the other architecture when we cross.
  (cd "$work/flip-edge" && DEB_BUILD_OPTIONS="parallel=1" dpkg-buildpackage --build=binary --unsigned-changes --unsigned-buildinfo -d \
    --host-arch "$architecture" > ../build.log 2>&1) || { cat "$work/build.log" >&2 && exit 1; }
  cp "$work"/flip-edge_*_"$architecture".deb artifacts/deb/
  lintian --fail-on error,warning --info "$work"/flip-edge_*_"$architecture".changes
done
(cd artifacts/deb && sha256sum flip-edge_"$version"-1_*.deb)
