# The token: in its file, missing, encrypted.

attention() { is "attention unauthorized" echo "$(status_of commissioning.state) $(status_of commissioning.reason_code)"; }

check "the token is loaded, readable by the service alone" says "flip-client-token" inside ls /run/credentials/flip-edge.service
check "its process has no token in its environment" lacks mock-client-token inside cat "/proc/$(property MainPID)/environ"

inside systemctl stop flip-edge.service
inside sh -c 'mkdir -p /root/state && cp -a /var/lib/flip-edge/. /root/state/ && rm -rf /var/lib/flip-edge/*'
inside mv /etc/flip-edge/flip-client-token /root/token
check "without a token the service starts all the same" inside systemctl start flip-edge.service
inside flip-edge commission > /dev/null 2>&1 || true
eventually "without a token its status asks for a person" 60 attention
check "without a token its status says where to write it" says "/etc/flip-edge/flip-client-token" inside flip-edge status

# The key is of this machine: a gateway with a TPM has it there.
inside systemd-creds setup > /dev/null 2>&1 || true
check "the token can be encrypted" inside systemd-creds encrypt --name=flip-client-token /root/token /etc/flip-edge/flip-client-token.cred
drop_in encrypted <<< $'[Service]\nLoadCredentialEncrypted=flip-client-token:/etc/flip-edge/flip-client-token.cred'
check "the service starts with an encrypted token" inside systemctl restart flip-edge.service
eventually "the encrypted token opens Flip: the site is commissioned" 120 is_commissioned
refused "the token stands in no file under /etc" inside grep -rq mock-client-token /etc

# As it was.
inside systemctl stop flip-edge.service
no_drop_in encrypted
inside sh -c 'rm -rf /var/lib/flip-edge/* /etc/flip-edge/flip-client-token.cred && cp -a /root/state/. /var/lib/flip-edge/ && mv /root/token /etc/flip-edge/flip-client-token'
check "as it was: it starts" inside systemctl start flip-edge.service
check "as it was: it is commissioned, and the cloud has exactly one site" is "commissioned, 1 sites, 0 findings" echo "$(status_of commissioning.state), $(ledger_sums)"
