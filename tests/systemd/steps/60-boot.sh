# The gateway boots again, orderly and after the power was cut.

unsettled() { inside journalctl --quiet --boot --no-pager --output=cat --unit=flip-edge.service | grep -E 'damaged|lost its newest'; }

check "reboot: the container boots again" reboot_container
eventually "reboot: the service is up by itself" 60 is active property ActiveState
eventually "reboot: it is commissioned, without a cloud" 60 is_commissioned
eventually "reboot: the broker has its state again" 60 says '"state":"commissioned"' retained flip-edge/gw-systemd/commissioning

check "power cut: the container boots again" power_cut
eventually "power cut: the service is up by itself" 60 is active property ActiveState
eventually "power cut: it is commissioned" 60 is_commissioned
refused "power cut: nothing was damaged" unsettled

# Nobody here sets the clock, and nothing waits for that.
check "no NTP: systemd was not told of a synchronised clock" is inactive inside systemctl is-active time-sync.target
