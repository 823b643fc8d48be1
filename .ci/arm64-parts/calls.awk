# From confine's sources, a C assertion for each number of a system call that stands there, for one processor:
#   awk -v processor=arm64 -f .ci/arm64-parts/calls.awk Sources/confine/CallFilter.swift Sources/confine/SystemCalls.swift
BEGIN {
  split("openAt openat threadKill tgkill limits prlimit64 control prctl executeAt execveat descriptorControl fcntl " \
        "deviceControl ioctl closeRange close_range createRuleset landlock_create_ruleset addRule landlock_add_rule " \
        "restrictSelf landlock_restrict_self processors sched_getaffinity useProcessors sched_setaffinity", words, " ")
  for (i = 1; i in words; i += 2) header[words[i]] = words[i + 1]
  here = 1
}
function check(name, number) {
  if (name in header) name = header[name]
  printf "_Static_assert(__NR_%s == %s, \"%s\");\n", name, number, name
  found[name] = 1
}
# The branch of an #if that this processor compiles; the sources have no others and do not nest them.
/#if arch|#elseif arch/ { here = $0 ~ "\\(" processor "\\)"; taken = here; next }
/^ *#else/ { here = !taken; next }
/^ *#endif/ { here = 1; next }
!here { next }
# "63, 64,  // read, write"
match($0, /^ +[0-9][0-9, ]*\/\/ /) {
  numbers = split(substr($0, 1, RLENGTH - 3), number, /[ ,]+/) - 1  # the first is what stands before the numbers
  names = split(substr($0, RLENGTH + 1), name, /, */)
  if (number[numbers + 1] == "") numbers--
  if (numbers != names) { print FILENAME ":" FNR ": " numbers " numbers, " names " names" > "/dev/stderr"; exit failed = 1 }
  for (i = 1; i <= names; i++) check(name[i], number[i + 1])
  next
}
/static let architecture/ { printf "_Static_assert(ARCHITECTURE == %s, \"architecture\");\n", plain($NF); next }
/static let open: UInt32 = UInt32.max/ { print "#ifdef __NR_open\n#error open\n#endif"; next }
/static let [a-zA-Z0-9]+: UInt32 = [0-9]+$/ { check(substr($3, 1, length($3) - 1), $NF) }
/case \.[a-zA-Z]+: [0-9]+$/ { check(substr($2, 2, length($2) - 2), $3) }
/let ofProcessor = / {
  gsub(/.*\(|\).*/, "")
  fields = split($0, field, /, */)
  for (i = 1; i <= fields; i++) { split(field[i], pair, /: */); check(pair[1], pair[2]) }
}
function plain(number) { gsub(/_/, "", number); return number }
END {
  if (failed) exit 1
  # What a change to the sources would take out of this one's sight.
  for (i = 2; i in words; i += 2) if (!(words[i] in found)) { print words[i] " was not found" > "/dev/stderr"; exit 1 }
}
