# A commission that waits in the outbox while the package is upgraded: it is finished by the new version, with the same bytes.

# Key and digest of the newest frozen request.
request() {
  local seen
  seen=$(inside curl --silent --fail --max-time 10 --unix-socket /run/flip-edge/flip-edge.sock http://localhost/api/v1/commission/history)
  echo "$(json 0.key <<< "$seen") $(json 0.request_sha256 <<< "$seen")"
}

stop_cloud 2> /dev/null || true
check "the old version is installed" inside apt-get install -y --no-install-recommends /opt/debs/old.deb
configure
check "the old version runs" inside systemctl restart flip-edge.service
inside flip-edge commission > /dev/null 2>&1 || true
eventually "the cloud is down, and the commission waits in the outbox" 90 is queued status_of commissioning.state
frozen=$(request) pid=$(property MainPID)

check "apt upgrades to the new version" inside apt-get install -y --no-install-recommends /opt/debs/new.deb
check "the new version is installed" is "$NEW" inside dpkg-query --show --showformat '${Version}' flip-edge
eventually "the upgrade has restarted the service" 60 is active property ActiveState
refused "it is another process" is "$pid" property MainPID
eventually "the commission waits still, with the same key and the same bytes" 60 is "$frozen" request
check "the cloud is up" start_cloud
eventually "the upgraded service finishes it" 120 is_commissioned
check "the cloud has exactly one site" is "1 sites, 0 findings" ledger_sums
check "what it got are the bytes from before the upgrade" says "${frozen#* }" ledger

check "apt purges it" inside apt-get purge -y flip-edge
