# Installing says what to fill in, and starts nothing.

said=$(inside apt-get install -y --no-install-recommends /opt/debs/old.deb 2>&1) && code=0 || code=$?
check "apt installs the package" test "$code" -eq 0
[[ $code -eq 0 ]] || printf '%s\n' "$said" | tail -n 20 | sed 's/^/#     /'
check "the installation says which keys are to be filled in" says "Gateway:Id" echo "$said"
check "the installation says what to do then" says "systemctl restart flip-edge" echo "$said"
check "nothing is started" is inactive property ActiveState
check "it is enabled for the next boot" is enabled inside systemctl is-enabled flip-edge.service
check "the installed version is the package's" is "$OLD" inside dpkg-query --show --showformat '${Version}' flip-edge
check "the configuration is for root and the service alone" is "640 root flip-edge" inside stat -c '%a %U %G' /etc/flip-edge/flip-edge.json
check "the service's user has no shell" says nologin inside getent passwd flip-edge
check "systemd finds nothing wrong with the unit" is "" inside systemd-analyze verify --man=no /lib/systemd/system/flip-edge.service
