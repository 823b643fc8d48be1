# Sourced by .ci/arm64: what can be shown of `confine` on arm64.

calls() {
  local processor folder=$base/calls
  for processor in x86_64 arm64; do
    mkdir -p "$folder/$processor"
    awk -v processor=$processor -f .ci/arm64-parts/calls.awk Sources/confine/CallFilter.swift \
      Sources/confine/SystemCalls.swift > "$folder/$processor/calls.inc"
  done
  # What answers may call on x86-64 and arm64 has too, it has to be allowed there too.
  { cat .ci/arm64-parts/headers.c
    comm -23 <(names x86_64) <(names arm64) | sed 's/.*/#ifdef __NR_&\n#error "& is missing"\n#endif/'
  } > "$folder/arm64.c"
  within clang --target=$triple --sysroot="$arm64" -I "$folder/arm64" -fsyntax-only "$folder/arm64.c"
  within clang -I "$folder/x86_64" -fsyntax-only "$PWD/.ci/arm64-parts/headers.c"
  verdict "$(names arm64 | wc -l) numbers of system calls and $(grep -c '^IS\|^AT' .ci/arm64-parts/headers.c) others are those of the headers"
}
names() { sed -n 's/.*__NR_.*"\(.*\)".*/\1/p' "$base/calls/$1/calls.inc" | sort; }

# A system of which nothing but `confine`, what it becomes and their libraries are there.
kernel() {
  local folder=$base/kernel disk=$base/kernel/disk log=$base/kernel/log
  build "$PWD" --product confine
  rm -rf "$folder"; mkdir -p "$disk"/{dev,lib,proc,tmp}
  within swiftc -target $triple -sdk "$arm64" -resource-dir "$arm64/usr/lib/swift" -use-ld=lld \
    -Xclang-linker "--sysroot=$arm64" "$PWD/.ci/arm64-parts/deeds.swift" -o "$disk/deeds"
  cp "$arm64/bin/busybox" "$base/build/${PWD##*/}/debug/confine" "$disk"
  local program
  for program in confine deeds; do run -E LD_TRACE_LOADED_OBJECTS=1 "$disk/$program"; done |
    sed -n 's/.*=> \(.*\) (.*/\1/p' | sort -u | sed "s|^/lib/|$arm64&|" | xargs cp -Lt "$disk/lib" \
    "$arm64/lib/ld-linux-aarch64.so.1"
  echo precious > "$disk/precious"; chmod 666 "$disk/precious"
  cp .ci/arm64-parts/init "$disk/init"
  (cd "$disk" && find .) | within bash -c "cd '$disk' && cpio --quiet -o -H newc" > "$folder/initrd"
  within timeout 900 qemu-system-aarch64 -machine virt -cpu cortex-a76 -smp 2 -m 2048 -accel tcg,thread=multi -nic none \
    -display none -monitor none -serial stdio -kernel "$(echo "$arm64"/usr/lib/modules/*/vmlinuz)" \
    -initrd "$folder/initrd" -append "console=ttyAMA0 quiet panic=-1" -no-reboot < /dev/null | tr -d '\r' | tee "$log"
  local line forbidden; forbidden=$(grep -c ^mustFail .ci/arm64-parts/deeds.swift)
  for line in 'missing layers: .' 'confined: 0, precious' "free: $forbidden"; do grep -Fqx "$line" "$log"; done
  verdict "confine has all of its layers on $(sed -n 's/^booted: //p' "$log"), and $forbidden deeds fail behind them"
}
