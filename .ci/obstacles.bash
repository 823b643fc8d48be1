# The second half of .ci/faults: what stands in the way of the programs, case by case. Uses its variables and functions.

# Runs the command that follows; it has to end with exit code $1 and, unless $2 is empty, a last line on standard error
# that the pattern $2 matches.
expect() {
  local code=$1 pattern=$2 end=0
  shift 2
  cases=$((cases + 1))
  "$@" >"$work/output" 2>"$work/errors" </dev/null || end=$?
  [ $end = "$code" ] || bad "exit code $end, not $code: $* ($(tail -1 "$work/errors"))"
  [ -z "$pattern" ] || grep -qE "$pattern" "$work/errors" || bad "'$pattern' is not said by: $* ($(tail -1 "$work/errors"))"
}
shell() { expect "$1" "$2" bash -c "$3"; }
# Folder $1 holds no file at all, not even a temporary one.
empty() { [ -z "$(find "$1" -type f 2>/dev/null)" ] || bad "left in $1: $(find "$1" -type f | head -3)"; }
fresh() { rm -rf "$run" && mkdir -p "$run"; }
disk() { umount -q "$disk" || true; mount -t tmpfs -o "size=$1" faults "$disk"; }
# The process of lesson 01, of these runs and no others.
lesson01() { pgrep -f -- "/01-svd-theorem .*--output $work/"; }
# Runs the command that follows and, when lesson 01 has worked for a third of a second, what $1 says.
meanwhile() {
  local deed=$1 id end=0
  shift
  "$@" & id=$!
  while [ -d "/proc/$id" ] && [ "$(awk '{ print $14 }' "/proc/$(lesson01)/stat" 2>/dev/null || echo 0)" -lt 33 ]; do
    sleep 0.01
  done
  eval "$deed"
  wait $id || end=$?
  return $end
}
# Kills the command that follows at the moment when it would put a file of folder $1 in its place, for each file that an
# undisturbed run has written into $2, and then does what $3 says.
at_each_file() {
  local folder=$1 reference=$2 after=$3 file
  shift 3
  while IFS= read -r file; do
    cases=$((cases + 1))
    LD_PRELOAD=$work/deadly.so DEADLY=$folder/$file "$@" >/dev/null 2>&1 &
    wait $! 2>/dev/null && bad "not killed at $file: $*"
    eval "$after"
  done < <(cd "$reference" && find . -type f -printf '%P\n' | sort)
}
clang -shared -fPIC -o "$work/deadly.so" -x c - <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
// Ends the process in which the file DEADLY would get its name.
int rename(const char *old, const char *new) {
  const char *deadly = getenv("DEADLY");
  if (deadly && strcmp(new, deadly) == 0) kill(getpid(), SIGKILL);
  return ((int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename"))(old, new);
}
C

run=$work/run disk=$work/disk course=$programs/course lesson=$programs/01-svd-theorem grade=$programs/grade
next='choose another folder with --output'

echo "── a lesson, killed at each of its files"
"$lesson" --quiet --output "$work/one"
fresh
at_each_file "$run" "$work/one" 'check "$run" "$work/one"' "$lesson" --quiet --output "$run"
completes "$run" "$work/one" "$lesson" --quiet --output "$run"

echo "── disks"
disk 512k
expect 73 "cannot write into $disk: No space left on device; $next" "$course" --output "$disk"
empty "$disk"
disk 4m
expect 73 "No space left on device; $next" meanwhile 'cat /dev/zero >$disk/ballast || true' "$course" --output "$disk"
rm -f "$disk/ballast" && empty "$disk"
shell 73 "File too large; $next" "ulimit -f 100; '$course' --output '$run'"
disk 4m
expect 73 "Read-only file system; $next" meanwhile 'mount -o remount,ro $disk' "$course" --output "$disk"
expect 73 "Read-only file system; name another" "$course" --output "$disk"
empty "$disk"
fresh && chmod 555 "$run"
expect 73 "Permission denied; name another" setpriv --reuid 65534 --clear-groups "$course" --output "$run"
fresh
expect 73 "No such file or directory; $next" meanwhile 'rm -rf $run' "$course" --output "$run"
empty "$run"

echo "── places"
for file in README.md index.html; do
  fresh && mkdir "$run/$file"
  expect 73 "$file: Is a directory; $next" "$course" --output "$run"
  fresh && mkdir -p "$run/01-svd-theorem/$file"
  expect 73 "$file: Is a directory; $next" "$course" --output "$run"
  check "$run" "$work/short"
  empty "$run"
done
fresh && touch "$run/01-svd-theorem"
expect 73 "Not a directory; $next" "$course" --output "$run"
fresh && mkdir -p "$run/01-svd-theorem/$(cd "$work/one/01-svd-theorem" && ls *.svg | tail -1)"
expect 73 "svg: Is a directory; $next" "$lesson" --output "$run"
empty "$run"

echo "── streams"
fresh
shell 73 'nobody can read standard output' "set -o pipefail; '$course' --output '$run' | true"
shell 73 'standard output is closed; nothing was run' "'$course' --output '$run' >&-"
shell 73 'standard output cannot be written: No space left on device' "'$course' --output '$run' >/dev/full"
shell 73 'standard output is closed' "'$lesson' --output '$run' >&-"
shell 73 'standard output is closed' "set -o pipefail; '$lesson' --output '$run' | head -1"
check "$run" "$work/short"
for streams in '2>&-' '<&-' '<&- 2>&-'; do
  fresh
  completes "$run" "$work/short" bash -c "'$course' --output '$run' $streams"
  fresh
  completes "$run" "$work/one" bash -c "'$lesson' --quiet --output '$run' $streams"
  cases=$((cases + 2))
done

echo "── others"
fresh && cases=$((cases + 1))
"$course" --output "$run" >/dev/null & other=$!
"$course" --output "$run" >/dev/null || bad "the first of two runs at once"
wait $other || bad "the second of two runs at once"
diff -r "$run" "$work/short" >/dev/null || bad "two runs at once differ from one"
fresh
expect 0 '' meanwhile 'pid=$(lesson01); kill -STOP $pid; sleep 1; kill -CONT $pid' "$course" --output "$run"
diff -r "$run" "$work/short" >/dev/null || bad "a run whose lesson was stopped differs from another"
fresh
expect 1 'ended from outside .*swift run 01-svd-theorem' meanwhile 'kill -KILL $(lesson01)' \
  "$course" --output "$run"
[ ! -e "$run/README.md" ] || bad "an index of a page that is not there"

umount lessons

echo "── grade"
answers=Tests/GradingTests/References
mkdir -p "$work/class" && for name in ada ben; do cp -r "$answers" "$work/class/$name"; done
arguments=(--class "$work/class" --output "$work/marks" --lesson 1 --secret "$work/secret")
echo secret >"$work/secret"
"$grade" "${arguments[@]}" >/dev/null
mv "$work/marks" "$work/marked"
records() { for file in "$work"/marks/students/*.json; do [ ! -e "$file" ] || [ -e "${file%json}txt" ] || bad "no report beside $file"; done; }
at_each_file "$work/marks" "$work/marked" 'records; rm -rf "$work/last"; mv "$work/marks" "$work/last"' "$grade" "${arguments[@]}"
# The last was killed at the summary, when all had been marked; now it is as if that had been in the middle.
mv "$work/last" "$work/marks" && rm "$work"/marks/students/ben.*
"$grade" "${arguments[@]}" >/dev/null || bad "marking a class to its end"
[ "$(cd "$work/marks" && find . | sort)" = "$(cd "$work/marked" && find . | sort)" ] || bad "files of a class, continued"
cut -d, -f 1-4 "$work/marks/marks.csv" | cmp - <(cut -d, -f 1-4 "$work/marked/marks.csv") || bad "marks, continued"
for room in 1m 4m 12m; do
  disk $room && cases=$((cases + 1)) end=0
  TMPDIR=$disk "$grade" --lesson 1 --exercises $answers >"$work/output" 2>"$work/errors" || end=$?
  # There is room for the compiler, or there are no marks.
  case "$end $(cat "$work/output")" in '0 Exercises01.swift: 10 of 10'* | '71 ') ;; *) bad "marks with $room for the compiler" ;; esac
done
disk 512k
expect 73 'No space left on device' "$grade" --lesson 1 --exercises $answers --output "$disk/report"
expect 73 'No space left on device' "$grade" --class "$work/class" --output "$disk/marks" --lesson 1
shell 73 'nobody can read standard output' "set -o pipefail; '$grade' --lesson 1 --exercises $answers | true"
disk 8m
expect 73 'No space left on device|out of space' "$grade" --student-edition "$disk/edition"
empty "$disk"
cases=$((cases + 1))
"$grade" --student-edition "$work/edition" >/dev/null 2>&1 & id=$!
while [ -d /proc/$id ] && [ ! -e "$work/edition.unfinished" ]; do sleep 0.01; done
kill -KILL $id || true
wait $id 2>/dev/null || true
[ ! -e "$work/edition" ] || bad "a part of an edition for students"

echo "── reconstruct, lesson 00 and benchmark"
umount "$disk"
"$programs/00-what-an-autoencoder-is" --quiet --save 1 --output "$work/kept"
network=$(echo "$work"/kept/*/network.aen)
fresh
reconstruct=("$programs/reconstruct" "$network" --output "$run")
"${reconstruct[@]}" >/dev/null && cp -r "$run" "$work/reconstructed" && fresh
at_each_file "$run" "$work/reconstructed" 'check "$run" "$work/reconstructed"' "${reconstruct[@]}"
completes "$run" "$work/reconstructed" "${reconstruct[@]}"
fresh
at_each_file "$run" "$work/kept" 'check "$run" "$work/kept"' \
  "$programs/00-what-an-autoencoder-is" --quiet --save 1 --output "$run"
fresh && mkdir "$run/codes.csv"
expect 73 "Is a directory; $next" "${reconstruct[@]}"
fresh
shell 73 'standard output|nobody can read' "set -o pipefail; '$programs/reconstruct' '$network' --output '$run' | true"
disk 64k
expect 73 "No space left on device; $next" "$programs/reconstruct" "$network" --output "$disk"
empty "$disk"
shell 73 'nobody can read standard output' "set -o pipefail; '$programs/benchmark' W2 --quick --threads 1 | true"
shell 73 'standard output cannot be written' "'$programs/benchmark' W2 --quick --threads 1 >/dev/full"
umount "$disk"
