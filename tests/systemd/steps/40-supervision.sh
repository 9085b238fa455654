# Killed, hung, reloaded, stopped.

restarts() { property NRestarts; }
restarted_and_ready() { # RESTARTS-BEFORE
  [[ $(restarts) -gt $1 && $(property ActiveState) == active && $(property SubState) == running ]] || { inside systemctl status --no-pager flip-edge.service; return 1; }
}

before=$(restarts)
inside install -d -o flip-edge -g flip-edge -m 700 /run/flip-edge/flip-edge-copy-0 /run/flip-edge/flip-edge-copy-0/left
inside systemctl kill --signal=KILL flip-edge.service
eventually "kill -9: it is started again" 60 restarted_and_ready "$before"
eventually "kill -9: it is still commissioned" 60 is_commissioned
check "kill -9: the cloud still has exactly one site" is "1 sites, 0 findings" ledger_sums

refused "kill -9: a copy of the database that it left is gone" inside test -e /run/flip-edge/flip-edge-copy-0

# Each further end that comes soon after a start makes the next start wait longer. A restart by hand does not.
inside systemctl kill --signal=KILL flip-edge.service
eventually "killed again: the next start waits, and says so" 60 says "2 times in a row soon after its start" property StatusText
check "restarted by hand: it starts at once" inside systemctl restart flip-edge.service
check "restarted by hand: it runs" is running property SubState

# A worker that hangs, as in a driver that is stuck: FLIPEDGE_HANG, see tests/Flip.Edge.SystemTests. The drop-in is taken away before the
# watchdog bites, so that the daemon that is started then has nothing to hang on.
began=$(now)
drop_in hang <<< $'[Service]\nWatchdogSec=8\nEnvironment=FLIPEDGE_HANG=reading'
check "hang: the service starts, for READY does not wait for a device" inside systemctl restart flip-edge.service
no_drop_in hang
eventually "hang: systemd's watchdog bites" 120 says "Watchdog timeout" inside journalctl --quiet --no-pager --output=cat --since "$began"
eventually "hang: it is started again" 60 restarted_and_ready 0
check "hang: the log names the worker that hung" says "[10] Hangs: devices" journal_since "$began"
check "hang: the log says where its thread stands" says "[11]" journal_since "$began"
check "hang: no core was written, it would hold the token" is "" inside find /var/lib/systemd/coredump /var/lib/flip-edge -type f -name 'core*'
eventually "hang: it is still commissioned" 60 is_commissioned

# A dead device and a dead broker are no reason for the watchdog.
drop_in watchdog <<< $'[Service]\nWatchdogSec=6'
inside systemctl restart flip-edge.service
inside systemctl stop flip-device.service mosquitto.service
pid=$(property MainPID) fed=$(property WatchdogTimestampMonotonic)
fed_often() { # it was fed for longer than two of its periods since
  local seen
  seen=$(property WatchdogTimestampMonotonic)
  ((seen - fed > 15000000)) || { echo "fed $(((seen - fed) / 1000)) ms after" && return 1; }
}
eventually "dead device, dead broker: the watchdog goes on being fed" 90 fed_often
check "dead device, dead broker: it was not restarted" is "$pid" property MainPID
inside systemctl start flip-device.service mosquitto.service
no_drop_in watchdog
inside systemctl restart flip-edge.service

began=$(now) pid=$(property MainPID)
check "SIGHUP: systemctl reload ends well" inside systemctl reload flip-edge.service
eventually "SIGHUP: the configuration was read anew" 30 says "[233]" journal_since "$began"
check "SIGHUP: it is the same process" is "$pid" property MainPID

began=$(date +%s%N)
check "stop: systemctl stop ends well" inside systemctl stop flip-edge.service
took=$((($(date +%s%N) - began) / 1000000))
check "stop: under five seconds ($took ms)" test "$took" -lt 5000
check "stop: it ended by itself, with 0" is "0 success" echo "$(property ExecMainStatus) $(property Result)"
check "stop: the broker has it as offline" is offline retained flip-edge/gw-systemd/availability

# What no restart mends is not restarted.
inside cp -p /etc/flip-edge/flip-edge.json /etc/flip-edge/good.json
inside sh -c 'echo "{ \"Gateway\": {} }" > /etc/flip-edge/flip-edge.json'
refused "a wrong configuration: it does not start" inside systemctl start flip-edge.service
check "a wrong configuration: it is not started again" is "failed 2" echo "$(property ActiveState) $(property ExecMainStatus)"
check "a wrong configuration: the journal names the key" says "Site:Id" journal_since "-1min"
inside mv /etc/flip-edge/good.json /etc/flip-edge/flip-edge.json
check "mended: it starts" inside systemctl start flip-edge.service
