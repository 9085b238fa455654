# Boots the root as a container with a systemd of its own, and speaks with it. This machine may have no systemd as its first process.

MACHINE=flip-edge-test

# The container's processes get a control group of ours, in each hierarchy that systemd uses, so that nothing is left where others live.
control_groups() {
  local hierarchy
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
    if [[ -e $hierarchy/cgroup.procs ]]; then echo "$hierarchy/flip-edge-systemd-tests"; fi
  done
}

# Boots again after "reboot" (nspawn says so by 133) and after a power cut, and ends with everything else.
supervise() {
  local group code=133
  trap - EXIT
  while read -r group; do
    mkdir -p "$group" && echo "$BASHPID" > "$group/cgroup.procs"
  done < <(control_groups)
  while [[ $code -eq 133 || -e $WORK/again ]]; do
    rm -f "$WORK/again"
    # Unified: without it a service's DevicePolicy= would be ignored, and so it would without bpf(2), which nspawn forbids by itself.
    # The network is the container's own loopback and nothing else.
    # Its own network's tunables are writable, so that a service that may not write them proves something.
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 SYSTEMD_NSPAWN_API_VFS_WRITABLE=network SYSTEMD_LOG_LEVEL=warning systemd-nspawn --quiet --boot --directory="$ROOT" --machine=$MACHINE \
      --register=no --keep-unit --private-network --system-call-filter=bpf --link-journal=no --resolv-conf=off --timezone=off --console=pipe \
      --bind-ro="$DOTNET:/opt/dotnet" --bind-ro="$SIMULATOR:/opt/flip-edge-sim" --bind-ro="$HERE/inside:/opt/inside" --bind-ro="$HERE/../Flip.Edge.SystemTests:/opt/parts" \
      --bind-ro="$DEBS:/opt/debs" \
      < /dev/null >> "$WORK/console.log" 2>&1 &
    echo $! > "$WORK/nspawn.pid"
    code=0
    wait $! || code=$?
  done
  echo "$code" > "$WORK/nspawn.exit"
}

boot() {
  supervise 2> /dev/null &
  wait_for_boot none
}

# The container's first process, as this machine numbers it. Asked anew each time, since most callers are subshells.
leader() { pgrep -P "$(cat "$WORK/nspawn.pid" 2> /dev/null || echo 0)" 2> /dev/null | head -n 1; }

# Waits until the first process is another one than BEFORE and every job of the boot is done.
wait_for_boot() { # BEFORE
  local end=$((SECONDS + 120)) state="" now
  while ((SECONDS < end)); do
    now=$(leader) || true
    if [[ -n $now && $now != "$1" ]]; then
      state=$(inside systemctl is-system-running 2> /dev/null) || true
      case $state in running | degraded) return 0 ;; esac
    fi
    [[ ! -e $WORK/nspawn.exit ]] || break
    sleep 0.3
  done
  echo "the container does not boot (${state:-no answer}):" >&2
  tail -n 30 "$WORK/console.log" >&2
  return 1
}

# inside COMMAND…: runs it as root in the container.
inside() {
  nsenter --target "$(leader)" --all -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb \
    DEBIAN_FRONTEND=noninteractive SYSTEMD_PAGER=cat SYSTEMD_COLORS=0 "$@"
}

# write PATH [MODE]: standard input into a file of the container.
write() { inside sh -c 'mkdir -p "$(dirname "$1")" && umask 077 && cat > "$1" && chmod "$2" "$1"' sh "$1" "${2:-644}"; }

reboot_container() {
  local before
  before=$(leader)
  inside systemctl reboot > /dev/null 2>&1 || true
  wait_for_boot "$before"
}

# As when the power goes: every process at once, and none is asked. (What was written and not synced survives here.)
power_cut() {
  local before
  before=$(leader)
  touch "$WORK/again"
  kill -KILL "$before"
  wait_for_boot "$before"
}

halt() {
  local group end=$((SECONDS + 20))
  if [[ -e $WORK/nspawn.pid && ! -e $WORK/nspawn.exit ]]; then kill -KILL "$(leader)" "$(cat "$WORK/nspawn.pid")" 2> /dev/null || true; fi
  wait 2> /dev/null || true
  # Busy until the last of the killed processes is gone.
  while read -r group; do
    while [[ -d $group ]] && ! find "$group" -depth -type d -exec rmdir {} + 2> /dev/null && ((SECONDS < end)); do sleep 0.2; done
  done < <(control_groups)
}
