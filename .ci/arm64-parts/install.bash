# Sourced by .ci/arm64: another Debian beside this one, and how to compile and run in it.

# Downloads packages and all that they depend on for one architecture, and unpacks them into a folder, with apt's own state
# beside it. Nothing is configured: compiler and libraries need only lie where they belong.
install() {
  local architecture=$1 root=$base/$1; shift
  [[ ! -e $root/complete ]] || return 0
  echo "── installing for $architecture into ${root#"$PWD"/}"
  rm -rf "$root"; mkdir -p "$root"/apt/{lists,archives}/partial; : > "$root/apt/status"
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian sid main" \
    > "$root/apt/sources.list"
  cat > "$root/apt/conf" <<E
Dir::State "$root/apt"; Dir::State::status "$root/apt/status"; Dir::Cache "$root/apt"; APT::Sandbox::User "root";
Dir::Etc::SourceList "$root/apt/sources.list"; Dir::Etc::SourceParts "/dev/null"; Acquire::Languages "none";
APT::Architecture "$architecture"; APT::Architectures { "$architecture"; }; APT::Install-Recommends "false";
E
  export APT_CONFIG=$root/apt/conf
  apt-get -qq update
  if [[ $architecture == arm64 ]]; then
    # Without what they depend on: a kernel to boot, and of the compiler only the modules of its library.
    local kernel; kernel=$(apt-cache depends linux-image-arm64 | sed -n 's/.*Depends: linux-image-/linux-binary-/p')
    (cd "$root/apt/archives" && apt-get -qq download "$kernel" swiftlang busybox-static)
  fi
  apt-get -qq --yes --download-only install "$@" > /dev/null
  local package
  for package in "$root"/apt/archives/*.deb; do
    local only=(); [[ $package != */arm64/*/swiftlang_* ]] || only=(--wildcards './usr/libexec/swift/lib/swift/*')
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink "${only[@]}"
  done
  rm "$root"/apt/archives/*.deb
}

# Runs a command where Debian unstable's compiler is; the package lies at the same path there.
within() {
  unshare --map-root-user --mount bash -euc '
    root=$1 package=$2; shift 2
    for folder in /proc /dev "$package"; do mkdir -p "$root$folder"; mount --rbind "$folder" "$root$folder"; done
    exec chroot "$root" /usr/bin/env -i HOME=/tmp PATH=/usr/libexec/swift/bin:/usr/bin COURSE_MARCH=armv8-a "$@"
  ' within "$amd64" "$PWD" "$@"
}
run() { "$amd64/usr/bin/qemu-aarch64" -L "$arm64" "$@"; }

# swift build for arm64: a package's folder, then what else it is told. (COURSE_MARCH, above: the manifest asks the
# machine that it is read on for its processor.)
build() {
  within swift build --package-path "$1" --scratch-path "$base/build/${1##*/}" --swift-sdks-path "$base/sdks" \
    --swift-sdk arm64 "${@:2}"
}

prepare() {
  install amd64 base-files bash coreutils cpio git libc6-dev libstdc++-15-dev qemu-system-arm qemu-user swiftlang
  install arm64 base-files libc6-dev libstdc++-15-dev libswiftlang linux-libc-dev
  [[ ! -e $arm64/complete ]] || return 0
  # Where the compiler looks in an SDK, what it wants there, and without an overlay whose library Debian lacks.
  ln -sf ../libexec/swift/lib/swift "$arm64/usr/lib/swift"
  cp -r "$amd64/usr/libexec/swift/lib/clang" "$arm64/usr/libexec/swift/lib/"
  rm -rf "$arm64/usr/lib/swift/linux/Testing.swiftcrossimport"
  local sdk=$base/sdks/arm64.artifactbundle; mkdir -p "$sdk/sdk"
  echo '{ "schemaVersion": "1.0", "artifacts": { "arm64": { "version": "1", "type": "swiftSDK",
    "variants": [{ "path": "sdk" }] } } }' > "$sdk/info.json"
  echo '{ "schemaVersion": "4.0", "targetTriples": { "'$triple'": { "sdkRootPath": "'"$arm64"'",
    "swiftResourcesPath": "'"$arm64"'/usr/lib/swift", "toolsetPaths": ["toolset.json"] } } }' > "$sdk/sdk/swift-sdk.json"
  echo '{ "schemaVersion": "1.0", "swiftCompiler": { "extraCLIOptions": ["-use-ld=lld"] } }' > "$sdk/sdk/toolset.json"
  touch "$amd64/complete" "$arm64/complete"
}
