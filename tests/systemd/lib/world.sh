# What stands beside the daemon in the container: a device, the mock cloud, Debian's broker; and what is asked of them and of the daemon.

# Files of the root, before the first boot.
prepare_world() {
  local unit
  echo gateway > "$ROOT/etc/hostname"
  printf '127.0.0.1 localhost\n::1 localhost\n127.0.1.1 gateway\n' > "$ROOT/etc/hosts"
  # The journal outlives a reboot.
  mkdir -p "$ROOT/var/log/journal"
  for unit in "$HERE"/inside/*.service; do install -m 644 "$unit" "$ROOT/etc/systemd/system/"; done
  # The device is there after each boot, as a real one; the cloud is started and stopped by the steps, and its ledger ends with it.
  mkdir -p "$ROOT/etc/systemd/system/multi-user.target.wants"
  ln -s ../flip-device.service "$ROOT/etc/systemd/system/multi-user.target.wants/"
}

# A configured gateway, with the token in its file.
configure() {
  write /etc/flip-edge/flip-edge.json 640 < "$HERE/inside/flip-edge.json"
  inside chown root:flip-edge /etc/flip-edge/flip-edge.json
  echo mock-client-token | write /etc/flip-edge/flip-client-token 600
}

# A drop-in for flip-edge.service: drop_in NAME, with its text on standard input. Gone at a reboot.
drop_in() { write "/run/systemd/system/flip-edge.service.d/$1.conf" && inside systemctl daemon-reload; }

no_drop_in() { inside rm -f "/run/systemd/system/flip-edge.service.d/$1.conf" && inside systemctl daemon-reload; }

property() { inside systemctl show --property "$1" --value flip-edge.service; }

# json KEY.KEY…: a value of the JSON on standard input; "#" is how many there are.
json() {
  inside python3 -c '
import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1].split("."):
    value = len(value) if key == "#" else value[int(key)] if isinstance(value, list) else value[key]
print(value)' "$1"
}

status_of() { inside flip-edge status --json | json "$1"; }

# Commissioned, and by asking the daemon that runs now.
is_commissioned() { is commissioned status_of commissioning.state; }

start_cloud() { inside systemctl start flip-cloud.service && wait_for 60 ledger; }

stop_cloud() { inside systemctl stop flip-cloud.service; }

wait_for() { # SECONDS COMMAND…
  local end=$((SECONDS + $1))
  shift
  until "$@" > /dev/null 2>&1; do
    ((SECONDS < end)) || { echo "waited in vain for: $*" >&2 && return 1; }
    sleep 0.3
  done
}

ledger() { inside curl --silent --fail --max-time 10 http://127.0.0.1:18080/ledger; }

# How many sites and how many findings the cloud has: "1 sites, 0 findings".
ledger_sums() {
  local seen
  seen=$(ledger)
  echo "$(json 'sites.#' <<< "$seen") sites, $(json 'findings.#' <<< "$seen") findings"
}

# The journal of the daemon since a time, as journalctl names it.
journal_since() { inside journalctl --quiet --no-pager --output=cat --unit=flip-edge.service --since "$1"; }

now() { inside date '+%F %T.%N'; }

retained() { inside timeout 20 mosquitto_sub -h localhost -t "$1" -C 1 -W 15 --retained-only; }
