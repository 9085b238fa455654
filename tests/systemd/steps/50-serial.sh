# An RTU device through a device node that the service was given, and one that it was not: two pairs of terminals, made by socat, with a
# device of pymodbus at one end of each. A terminal is in no unit's list, so "given" is a line of DeviceAllow=.

for port in given strange; do
  inside systemd-run --quiet --unit="flip-line-$port" socat "pty,rawer,link=/run/$port.device" "pty,rawer,link=/run/$port.gateway,group=dialout,mode=660"
  wait_for 30 inside test -e "/run/$port.gateway"
  inside systemd-run --quiet --unit="flip-rtu-$port" python3 /opt/parts/Parts/sunspec_server.py /opt/parts/Golden/acme.map rtu "/run/$port.device"
done
given=$(inside readlink -f /run/given.gateway) strange=$(inside readlink -f /run/strange.gateway)
kind_of() { inside stat -c '%F %U:%G %a' "$1"; }
check "both are the same kind of node, with the same owner and mode" is "$(kind_of "$given")" kind_of "$strange"

device_says() { # NUMBER STATE TEXT: what the status has of a device
  local seen
  seen="$(status_of "devices.$1.state") $(status_of "devices.$1.reason")"
  [[ $seen == "$2"* && $seen == *"$3"* ]] || { echo "found: $seen" && return 1; }
}

inside cp -p /etc/flip-edge/flip-edge.json /etc/flip-edge/tcp.json
sed -e "s#\"Devices\": \[.*#\"Devices\": [ { \"Id\": \"battery-1\", \"Endpoint\": \"rtu://$given?baud=9600\" }, { \"Id\": \"battery-2\", \"Endpoint\": \"rtu://$strange?baud=9600\" } ],#" \
  "$HERE/inside/flip-edge.json" | write /etc/flip-edge/flip-edge.json 640
inside chown root:flip-edge /etc/flip-edge/flip-edge.json
check "two serial devices: the configuration is right" inside flip-edge config check

check "none given: the service starts" inside systemctl restart flip-edge.service
eventually "none given: the status says what to write into the unit" 60 device_says 0 unreachable "DeviceAllow=$given rw"

drop_in serial <<< "[Service]"$'\n'"DeviceAllow=$given rw"
check "one given: the service starts" inside systemctl restart flip-edge.service
eventually "one given: that device is read" 120 device_says 0 ok ""
eventually "one given: the other one is refused, and the status says what to write" 60 device_says 1 unreachable "DeviceAllow=$strange rw"
check "one given: the journal says it too" says "DeviceAllow=$strange rw" journal_since "-2min"

no_drop_in serial
inside mv /etc/flip-edge/tcp.json /etc/flip-edge/flip-edge.json
for port in given strange; do inside systemctl stop "flip-rtu-$port" "flip-line-$port"; done
check "back on TCP: it starts" inside systemctl restart flip-edge.service
eventually "back on TCP: it is commissioned" 60 is_commissioned
