# Installs the package $1 on Debian and Ubuntu, as root, without starting its system service: a
# policy-rc.d that forbids it is there for the time of the installation only.
set -u
export DEBIAN_FRONTEND=noninteractive
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
package=$1
install() {
  apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$package"
}
install || { apt-get -q -o DPkg::Lock::Timeout=300 update && install; }
