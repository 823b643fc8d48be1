// What confine takes from Linux's headers by number, held against the headers of the processor that this is compiled for.
// `calls.inc` has the numbers of system calls as they stand in Swift (see calls.awk). The rest of the numbers are the same
// on all processors where this compiles; on x86-64 the tests show that they work.
#define _GNU_SOURCE
#include <asm/unistd.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/resource.h>

#ifdef __aarch64__
  #define ARCHITECTURE AUDIT_ARCH_AARCH64
#else
  #define ARCHITECTURE AUDIT_ARCH_X86_64
#endif
#include "calls.inc"

#define IS(value, number) _Static_assert((value) == (number), #value)
#define AT(type, field, offset, size) IS(offsetof(struct type, field), offset); IS(sizeof(((struct type *)0)->field), size)

// CallFilter.swift: instructions, what they read, what they answer.
IS(BPF_LD | BPF_W | BPF_ABS, 0x20);
IS(BPF_ALU | BPF_AND | BPF_K, 0x54);
IS(BPF_JMP | BPF_JEQ | BPF_K, 0x15);
IS(BPF_JMP | BPF_JGE | BPF_K, 0x35);
IS(BPF_RET | BPF_K, 0x06);
IS(SECCOMP_RET_ALLOW, 0x7fff0000);
IS(SECCOMP_RET_ERRNO, 0x00050000);
AT(sock_filter, code, 0, 2);
AT(sock_filter, jt, 2, 1);
AT(sock_filter, jf, 3, 1);
AT(sock_filter, k, 4, 4);
AT(sock_fprog, len, 0, 2);
AT(sock_fprog, filter, 8, 8);
AT(seccomp_data, nr, 0, 4);
AT(seccomp_data, arch, 4, 4);
AT(seccomp_data, args[0], 16, 8);
AT(seccomp_data, args[5], 56, 8);
IS(PR_SET_SECCOMP, 22);
IS(SECCOMP_MODE_FILTER, 2);
// Its allowances.
IS(CLONE_THREAD, 0x00010000);
IS(PR_SET_NAME, 15);
IS(PR_GET_NAME, 16);
IS(PR_SET_VMA, 0x53564d41);
IS(F_DUPFD_CLOEXEC, 1030);

// Landlock.swift.
IS(LANDLOCK_CREATE_RULESET_VERSION, 1);
IS(LANDLOCK_ACCESS_FS_EXECUTE, 1 << 0);
IS(LANDLOCK_ACCESS_FS_READ_FILE, 1 << 2);
IS(LANDLOCK_ACCESS_FS_READ_DIR, 1 << 3);
IS(LANDLOCK_ACCESS_FS_MAKE_SYM, 1 << 12);   // the last one of version 1
IS(LANDLOCK_ACCESS_FS_REFER, 1 << 13);      // … 2
IS(LANDLOCK_ACCESS_FS_TRUNCATE, 1 << 14);   // … 3 and 4
IS(LANDLOCK_ACCESS_FS_IOCTL_DEV, 1 << 15);  // … 5
IS(LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP, 3);
IS(LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL, 3);
AT(landlock_ruleset_attr, handled_access_fs, 0, 8);
AT(landlock_ruleset_attr, handled_access_net, 8, 8);
AT(landlock_ruleset_attr, scoped, 16, 8);
IS(LANDLOCK_RULE_PATH_BENEATH, 1);
AT(landlock_path_beneath_attr, allowed_access, 0, 8);
AT(landlock_path_beneath_attr, parent_fd, 8, 4);
IS(sizeof(struct landlock_path_beneath_attr), 12);
IS(O_PATH, 010000000);

// SystemCalls.swift and Limits.swift.
IS(AT_EMPTY_PATH, 0x1000);
IS(PR_SET_NO_NEW_PRIVS, 38);
IS(RLIMIT_NPROC, 6);
