# Debian packages that myoaxis needs, and how they are installed. Sourced by quickstart and test.

BUILD_PACKAGES="g++ cmake ninja-build pkg-config git ca-certificates
  libtbb-dev libeigen3-dev libhdf5-dev libboost-random-dev librandom123-dev libudunits2-dev libxxhash-dev libssl-dev
  libtomlplusplus-dev libcli11-dev libfmt-dev libspdlog-dev nlohmann-json3-dev libbenchmark-dev catch2"
PYTHON_PACKAGES="python3-h5py python3-xarray python3-h5netcdf python3-netcdf4 python3-pandas python3-matplotlib"
TEST_PACKAGES="clang-format python3-pytest universal-ctags slurm-wlm munge chromium poppler-utils"

# Installs those of the named packages that are missing; needs root or sudo only then.
install_packages() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
  done
  [ -z "$missing" ] && return 0
  as_root=""
  [ "$(id -u)" = 0 ] || as_root="sudo"
  echo "Installing:$missing"
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
}
