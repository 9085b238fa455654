# Configured, started, and commissioned by the command; seen by the cloud and on the broker.

configure
check "the configuration is right" inside flip-edge config check
check "the service starts once it is configured, and says READY" inside systemctl restart flip-edge.service
check "it is active" is active property ActiveState
check "the cloud listens" start_cloud
check "flip-edge commission --wait commissions" inside flip-edge commission --wait 120
check "its status is commissioned" is_commissioned
check "the cloud has exactly one site and no complaint" is "1 sites, 0 findings" ledger_sums
check "the broker has the retained availability" is online retained flip-edge/gw-systemd/availability
check "the broker has the retained state" says '"state":"commissioned"' retained flip-edge/gw-systemd/commissioning
check "the broker has the retained enrollment" says '"status":"ACTIVE"' retained flip-edge/gw-systemd/enrollment
check "the broker has the retained nameplate" says '"AC-2209-000417"' retained flip-edge/gw-systemd/nameplate/battery-1
eventually "the status line of the service says so in words" 30 says "commissioned as site-1" property StatusText
