# Sourced by publish.sh and deb.sh: the packages that they need, and what they know of the commit.

# The pages that the package puts into /usr/share/doc/flip-edge. Messages and man pages name some of them by that path (a test holds it).
DOCUMENTS=(docs/{architecture,commands,configuration,devices,operations,probing,profiles,retry,security,button,flip-api-doubts,kill-loop}.md docs/retry.svg README.md)

# A page for a terminal, where no link can be followed: each names what is behind it, as it is found on a gateway.
resolve_links() { # from standard input to standard output
  local doc=/usr/share/doc/flip-edge
  sed -E '
    s,\[[^]]*flip-edge\.example\.json\]\([^)]*\),`'$doc'/examples/flip-edge.example.json`,g
    s,\[configuration\.md\]\(configuration\.md[^)]*\),flip-edge.json(5),g
    s,\[commands\.md\]\(commands\.md[^)]*\),flip-edge(1),g
    s,\[[a-z-]+\.md\]\(([a-z-]+\.md)[^)]*\),`'$doc'/\1`,g
    s,\[([^]]*)\]\(([a-z-]+\.md)[^)]*\),\1 (`'$doc'/\2`),g
    s,\[([^]]*)\]\(#([a-z])([a-z-]*)\),\1 (see \u\2\3),g'
}

# A man page from a page of docs/, still as Markdown: its title goes, NAME stands first, what comes before any heading is the DESCRIPTION, and
# links name the files that the package puts there. A table would not fit a terminal: each row is an item, its cells named by the heading.
man_text() { # PAGE SENTENCE SOURCE.md
  {
    printf '## Name\n\n%s - %s\n' "$1" "$2"
    grep -qx '## Description' "$3" || printf '\n## Description\n'
    sed 1d "$3" | resolve_links
    if ! grep -qx '## See also' "$3"; then printf '\n## See also\n\nflip-edge(1), and the other pages in /usr/share/doc/flip-edge\n'; fi
  } | awk -F' *[|] *' '
      !/^[|]/ { table = 0; print; next }
      !table  { table = 1; split($0, heading, FS); next }
      /^[|][-|: ]*$/ { next }
      { item = "- " $2 ":"; for (i = 3; i < NF; i++) if ($i != "") item = item (i > 3 ? "; " heading[i] ": " : " ") $i; print item }
    '
}

# A page as it lies in that folder, where all pages are side by side: links lead to what the package has, and what only the source has is told.
installed_links() { # from standard input to standard output
  sed -E '
    s,\]\((\.\./)?docs/([a-z-]+\.(md|svg)[^)]*)\),](\2),g
    s,\]\(\.\./(README\.md[^)]*)\),](\1),g
    s,\[docs/([a-z-]+\.md)\]\(,[\1](,g
    s,\[deploy/(flip-edge\.example\.json)\]\((\.\./)?deploy/flip-edge\.example\.json\),[\1](examples/\1),g
    s,\]\(schema/profile-1\.json\),](/usr/share/flip-edge/schema/profile-1.json),g
    s,\]\(LICENSE\),](copyright),g
    s,\]\(CHANGELOG\.md\),](changelog.gz),g
    s,\]\(adr/,](docs/adr/,g
    s,\[(CONTRIBUTING\.md|global\.json)\]\((\.\./)?\1(#[^)]*)?\),`\1` (in the source),g
    s,\[([^]]*)\]\((\.\./)?((docs/adr|src)/[^)]*|CONTRIBUTING\.md|global\.json)(#[^)]*)?\),\1 (`\3` in the source),g'
}

# write_documents FOLDER: all of them, as they are installed.
write_documents() {
  local document
  for document in "${DOCUMENTS[@]}"; do
    if [[ $document == *.md ]]; then installed_links < "$document"; else cat "$document"; fi > "$1/${document##*/}"
  done
}

installed() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# Installs packages where that is ours to do, as root on a Debian; says the command else.
need() {
  local package lacking=()
  for package in "$@"; do installed "$package" || lacking+=("$package"); done
  [[ ${#lacking[@]} -gt 0 ]] || return 0
  if [[ $(id -u) -ne 0 ]]; then
    echo "missing: ${lacking[*]}. As root: ${NEED_FIRST:-}apt-get update && apt-get install --no-install-recommends ${lacking[*]}" >&2
    return 1
  fi
  echo "installing ${lacking[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${lacking[@]}" > /dev/null
}

# need_foreign ARCHITECTURE PACKAGE…: likewise, with packages of another architecture among them.
need_foreign() {
  local architecture=$1
  shift
  if [[ $(dpkg --print-architecture) != "$architecture" ]] && ! dpkg --print-foreign-architectures | grep -qx "$architecture"; then
    if [[ $(id -u) -eq 0 ]]; then
      echo "adding the architecture $architecture"
      dpkg --add-architecture "$architecture"
    else
      NEED_FIRST="dpkg --add-architecture $architecture && " need "$@"
      return
    fi
  fi
  need "$@"
}

# The commit that is built, 12 digits; with .dirty where the tree holds something else than the commit, unknown where there is no history.
commit() {
  local head
  head=$(git rev-parse HEAD 2> /dev/null) || { echo unknown; return 0; }
  head=${head:0:12}
  [[ -z $(git status --porcelain) ]] || head+=.dirty
  echo "$head"
}

version_prefix() { sed -n 's|.*<VersionPrefix>\(.*\)</VersionPrefix>.*|\1|p' Directory.Build.props; }

# The commit that a published binary was built from. Nothing is run, for it may be of another architecture: the version stands in it as text.
built_from() { # FILE
  local prefix
  prefix=$(version_prefix)
  { grep -aoE "${prefix//./\\.}\\+([0-9a-f]{12}(\\.dirty)?|unknown)" "$1" || true; } | sed 's/^[^+]*+//' | sort -u | paste -sd, -
}

of_this_commit() { # FILE RID: fails when the binary was built from something else than this tree
  local from here
  from=$(built_from "$1") here=$(commit)
  [[ $from != "$here" ]] || return 0
  echo "$1 was built from ${from:-no commit that it tells}, and this tree is $here: bash deploy/publish.sh $2 builds it anew" >&2
  return 1
}

# VersionPrefix where the commit carries its tag and nothing else is built; else a version that sorts before it and after every earlier commit's.
commit_version() {
  local prefix
  prefix=$(version_prefix)
  if [[ $(git tag --points-at HEAD 2>/dev/null) == *"v$prefix"* && $(commit) != *.dirty ]]; then
    echo "$prefix"
  else
    echo "$prefix~dev$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y%m%d.%H%M%S).g$(commit)"
  fi
}

# Two builds of one commit are one binary, and the clock is not trusted before this day (BuildDate in src/Flip.Edge).
if [[ -z ${SOURCE_DATE_EPOCH:-} ]]; then
  SOURCE_DATE_EPOCH=$(git log -1 --format=%ct) || { echo "there is no commit to take the time from: set SOURCE_DATE_EPOCH, in seconds since 1970" >&2; exit 1; }
fi
export SOURCE_DATE_EPOCH
