# A fresh Debian 12, as mmdebstrap makes it from this machine's own package sources. It is kept under artifacts/ for the next run.

# What a gateway has beside the daemon, what the package depends on (it is installed without network), and a device made of pymodbus.
PACKAGES=(systemd systemd-sysv dbus udev procps acl curl ca-certificates libssl3 tzdata
  mosquitto mosquitto-clients python3-pymodbus python3-serial-asyncio socat)
SUITE=bookworm

# The sources of this machine, in either of apt's formats, that are of Debian itself.
debian_sources() {
  local file
  for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
    if [[ -s $file ]] && grep -q "$SUITE" "$file"; then echo "$file" && return; fi
  done
  echo "neither /etc/apt/sources.list.d/debian.sources nor /etc/apt/sources.list names $SUITE: mmdebstrap needs Debian 12's sources" >&2
  return 1
}

make_rootfs() { # DIRECTORY
  local cache=artifacts/systemd sources key tar part
  sources=$(debian_sources)
  key=$(printf '%s\n' "$SUITE" "${PACKAGES[@]}" | cat - "$sources" | sha256sum | cut -c1-12)
  tar=$cache/debian-$key.tar part=$cache/debian-$key.part.tar
  mkdir -p "$cache" "$1"
  if [[ ! -s $tar ]]; then
    # Without fsync: whoever pulls the plug builds it anew.
    mmdebstrap --quiet --variant=minbase --dpkgopt=force-unsafe-io --include="$(IFS=,; echo "${PACKAGES[*]}")" \
      "$SUITE" "$part" "$sources"
    mv "$part" "$tar"
  fi
  tar -C "$1" -xf "$tar"
}
