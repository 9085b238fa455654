# A press of a button, by a pipe of input_event records, starts the commissioning. The kernel here may have no real input device to press.

check "installed anew" inside apt-get install -y --no-install-recommends /opt/debs/new.deb
configure
inside systemctl restart flip-cloud.service
wait_for 60 ledger
inside sh -c 'mkfifo -m 660 /run/flip-button && chgrp flip-edge /run/flip-button'
drop_in button <<< $'[Service]\nEnvironment=FLIP_EDGE_Button__Input__Device=/run/flip-button'
check "the service starts" inside systemctl restart flip-edge.service
check "nobody has started the commissioning" is waiting status_of commissioning.state
press() { inside timeout 30 env DOTNET_ROOT=/opt/dotnet DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 /opt/flip-edge-sim/flip-edge-sim button /run/flip-button --bounce 5; }
check "the button is pressed" press
eventually "the press commissions the site" 120 is_commissioned
check "pressed again" press
check "the cloud has exactly one site" is "1 sites, 0 findings" ledger_sums
check "it is purged" inside apt-get purge -y flip-edge
no_drop_in button
