# What came of each check, in the manner of TAP (testanything.org): "ok NAME", "not ok NAME" with what was seen, "ok NAME # SKIP why".

passed=0 failed=0 skipped=0
stage="" stage_began=$SECONDS

stage() { # NAME
  [[ -z $stage ]] || echo "# $stage: $((SECONDS - stage_began)) s"
  stage=$1 stage_began=$SECONDS
  echo "# --- $stage"
}

ok() {
  passed=$((passed + 1))
  echo "ok $*"
}

not_ok() { # NAME [WHAT WAS SEEN]
  failed=$((failed + 1))
  echo "not ok $1"
  [[ -z ${2:-} ]] || printf '%s\n' "$2" | tail -n 40 | sed 's/^/#     /'
}

skip() { # NAME WHY
  skipped=$((skipped + 1))
  echo "ok $1 # SKIP $2"
}

# check NAME COMMAND…: the command has to end well. What it printed is shown where it doesn't.
check() {
  local name=$1 seen
  shift
  if seen=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$seen"; fi
}

# refused NAME COMMAND…: the command has to fail.
refused() {
  local name=$1 seen
  shift
  if seen=$("$@" 2>&1); then not_ok "$name" "it was expected to fail, and did not: $seen"; else ok "$name"; fi
}

# eventually NAME SECONDS COMMAND…: the command has to end well within that time, which is generous: the machine may be busy.
eventually() {
  local name=$1 limit=$2 seen="" end
  shift 2
  end=$((SECONDS + limit))
  while ! seen=$("$@" 2>&1); do
    if ((SECONDS >= end)); then
      not_ok "$name" "not within $limit s: $seen"
      return 0
    fi
    sleep 0.3
  done
  ok "$name"
}

# says TEXT COMMAND…: whether the command prints the text, whatever its exit code.
says() {
  local text=$1 seen
  shift
  seen=$("$@" 2>&1) || true
  [[ $seen == *"$text"* ]] || { printf 'expected to find: %s\nfound: %s\n' "$text" "$seen"; return 1; }
}

# is EXPECTED COMMAND…: whether the command prints exactly this.
is() {
  local expected=$1 seen
  shift
  seen=$("$@" 2>&1) || true
  [[ $seen == "$expected" ]] || { printf 'expected: %s\nfound: %s\n' "$expected" "$seen"; return 1; }
}

# lacks TEXT COMMAND…: whether the command ends well and does not print the text.
lacks() {
  local text=$1 seen
  shift
  seen=$("$@" 2>&1 | tr '\0' '\n') || return 1
  [[ $seen != *"$text"* ]] || { printf 'it must not print: %s\n' "$text"; return 1; }
}
