# Removed: the state stays. Installed again: commissioned. Purged: nothing is left.

database=$(inside stat -c %i /var/lib/flip-edge/flip-edge.db)
check "remove: apt removes the package" inside apt-get remove -y flip-edge
check "remove: the service is stopped" is inactive inside systemctl is-active flip-edge.service
refused "remove: the program is gone" inside test -e /usr/lib/flip-edge/flip-edge
check "remove: the state stays" is "$database" inside stat -c %i /var/lib/flip-edge/flip-edge.db
check "remove: configuration and token stay" inside test -s /etc/flip-edge/flip-edge.json -a -s /etc/flip-edge/flip-client-token

check "installed again: apt installs it" inside apt-get install -y --no-install-recommends /opt/debs/old.deb
eventually "installed again: it runs, as it is configured" 60 is active property ActiveState
eventually "installed again: it is still commissioned" 60 is_commissioned

check "purge: apt purges the package" inside apt-get purge -y flip-edge
refused "purge: the state is gone" inside test -e /var/lib/flip-edge
refused "purge: configuration and token are gone" inside test -e /etc/flip-edge
refused "purge: the socket is gone" inside test -e /run/flip-edge/flip-edge.sock
