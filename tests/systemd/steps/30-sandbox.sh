# The sandbox, by what it refuses. A copy of the installed unit runs attempts.py, as root and without the unit's user.

pid=$(property MainPID)
of_process() { inside sed -n "s/^$1:[[:space:]]*//p" "/proc/$pid/status"; }
check "it does not run as root" says "$(inside id --user flip-edge)" of_process Uid
check "it has no capability" is 0000000000000000 of_process CapEff
check "it can't gain any" is 0000000000000000 of_process CapBnd
check "a set-user-id program would not help it" is 1 of_process NoNewPrivs
check "its system calls are filtered" is 2 of_process Seccomp

inside sh -c 'touch /tmp/everybody /root/attempt; mkdir -p /run/flip-edge
  mknod /dev/attempt-kmsg c 1 11; mknod /dev/attempt-mem c 1 1; mknod /dev/attempt-loop b 7 0; mknod /dev/attempt-input c 13 64
  mknod /dev/attempt-usb c 188 0; mknod /dev/attempt-acm c 166 0; mknod /dev/attempt-s c 4 64'
inside sed -e 's/^Type=.*/Type=oneshot/' -e '/^\(ExecStart\|ExecReload\|WatchdogSec\|Restart\|RestartPreventExitStatus\|User\|Group\|RuntimeDirectoryPreserve\)=/d' \
  -e 's#^\[Service\]#&\nExecStart=/usr/bin/python3 /opt/inside/attempts.py\nStandardOutput=append:/run/attempts.inside\nRuntimeDirectoryPreserve=yes#' \
  /lib/systemd/system/flip-edge.service | write /run/systemd/system/flip-edge-attempts.service
# In the place of a LED, which is also a link into /sys/devices: the loopback interface. nspawn has /sys read-only by itself.
inside sh -c 'mkdir -p /run/systemd/system/flip-edge-attempts.service.d; for d in /sys/class /sys/devices; do mount -o remount,rw $d; mount -o remount,bind,rw $d; done'
write /run/systemd/system/flip-edge-attempts.service.d/led.conf <<< $'[Service]\nReadWritePaths=-/sys/class/net/lo'
inside systemctl daemon-reload
check "the attempts run under the unit's settings" inside systemctl start flip-edge-attempts.service
outside=$(inside python3 /opt/inside/attempts.py) sandboxed=$(inside cat /run/attempts.inside)
inside sh -c 'for d in /sys/class /sys/devices; do mount -o remount,bind,ro $d; done'

# What the service needs is allowed; all else is refused, although it is allowed without the sandbox.
while IFS=: read -r attempt verdict; do
  verdict=${verdict# }
  case $attempt in
    ttyUSB | ttyACM | ttyS | "an input device, to read" | /dev/null | "a UDP socket" | "a file in its own state" | *"it was given"*)
      if [[ $verdict == allowed ]]; then ok "allows $attempt"; else not_ok "allows $attempt" "$verdict"; fi
      ;;
    *)
      if [[ $outside != *"$attempt: allowed"* ]]; then
        not_ok "refuses $attempt" "it is refused without the sandbox too, so this proves nothing: $(grep -F "$attempt:" <<< "$outside")"
      elif [[ $verdict == refused* ]]; then
        ok "refuses $attempt (${verdict#refused, })"
      else
        not_ok "refuses $attempt" "$verdict"
      fi
      ;;
  esac
done <<< "$sandboxed"
check "every attempt has an answer" is "$(wc -l <<< "$outside")" wc -l <<< "$sandboxed"
inside sh -c 'rm -rf /dev/attempt-* /run/systemd/system/flip-edge-attempts.service*; systemctl daemon-reload'

# The limits, as far as this machine's kernel has them to give.
limits_hold() {
  local seen
  seen=$(inside cat "/sys/fs/cgroup/system.slice/flip-edge.service/memory.max")
  [[ $seen == "$((128 * 1024 * 1024))" ]] || { echo "memory.max is $seen" && return 1; }
}
if inside grep -qw memory /sys/fs/cgroup/cgroup.controllers; then
  check "the kernel holds the memory limit" limits_hold
else
  skip "the kernel holds the memory limit" "this machine's memory controller is not in its unified hierarchy"
fi
# Room: what it took at most is far from what it may take, in memory and in tasks. In kilobytes, as the kernel counts.
far_from_limit() { # WHAT OF-THE-PROCESS FIELD LIMIT
  local seen
  seen=$(of_process "$1" | tr -dc 0-9)
  echo "# $1: $seen of $2" >&3
  [[ $seen -lt $2 ]] || { echo "$1 is $seen, and should stay under $2" && return 1; }
}
exec 3>&1
check "at its largest it was under three quarters of MemoryHigh" far_from_limit VmHWM $((96 * 1024 * 3 / 4))
check "it has less than half of its tasks" far_from_limit Threads 48
exec 3>&-

# On the running system, and not --offline, which does not know the drop-ins.
exposure() {
  local line value
  line=$(inside systemd-analyze security --no-pager flip-edge.service | grep 'Overall exposure level')
  value=$(grep -oE '[0-9]+\.[0-9]+' <<< "$line")
  echo "# ${line#*→ }" >&3
  awk -v value="$value" 'BEGIN { exit !(value != "" && value <= 1.5) }' || { echo "$line" && return 1; }
}
exec 3>&1
check "systemd-analyze security is at most 1.5" exposure
exec 3>&-
