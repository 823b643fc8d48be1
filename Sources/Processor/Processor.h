// What the compiler builds for, and what the processor has. Swift has no condition for the former, but reads these
// constants while it compiles.

#include <stdio.h>
#include <unistd.h>

/// The vector instructions, the bytes of a register of theirs, and how many there are.
#if defined(__AVX512F__)
  #define VECTOR_INSTRUCTIONS "AVX-512"
  #define VECTOR_REGISTER_BYTES 64
  #define VECTOR_REGISTERS 32
#elif defined(__AVX__)
  #if defined(__AVX2__)
    #define VECTOR_INSTRUCTIONS "AVX2"
  #else
    #define VECTOR_INSTRUCTIONS "AVX"
  #endif
  #define VECTOR_REGISTER_BYTES 32
  #define VECTOR_REGISTERS 16
#elif defined(__aarch64__)
  #define VECTOR_INSTRUCTIONS "NEON"
  #define VECTOR_REGISTER_BYTES 16
  #define VECTOR_REGISTERS 32
#else
  #define VECTOR_INSTRUCTIONS "SSE"
  #define VECTOR_REGISTER_BYTES 16
  #define VECTOR_REGISTERS 16
#endif

/// Whether a multiply-add is one instruction; if not, Swift calls the C library for each number.
#if defined(__FMA__) || defined(__FMA4__) || defined(__aarch64__)
  #define FUSED_MULTIPLY_ADD 1
#else
  #define FUSED_MULTIPLY_ADD 0
#endif

/// Begin to bring what lies at an address into the cache, to be written or read there: hints, which no result depends on.
static inline void fetchToWrite(const void *address) { __builtin_prefetch(address, 1); }
static inline void fetchToRead(const void *address) { __builtin_prefetch(address, 0); }

#if defined(__x86_64__)
  /// For functions that must run on any processor, whatever the rest is built for.
  #define FOR_ANY_PROCESSOR __attribute__((target("no-avx,no-bmi,no-bmi2")))
#else
  #define FOR_ANY_PROCESSOR
#endif

/// The widest vector instructions of the processor that runs this.
FOR_ANY_PROCESSOR static inline const char *vectorInstructionsOfProcessor(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512f") ? "AVX-512"
    : __builtin_cpu_supports("avx2") ? "AVX2"
    : __builtin_cpu_supports("avx") ? "AVX" : "SSE";
#else
  return VECTOR_INSTRUCTIONS;
#endif
}

/// Whether the processor has an instruction for a multiply-add.
FOR_ANY_PROCESSOR static inline int processorHasFusedMultiplyAdd(void) {
#if defined(__x86_64__)
  return __builtin_cpu_supports("fma") || __builtin_cpu_supports("fma4");
#else
  return FUSED_MULTIPLY_ADD;
#endif
}

/// The name of instructions that the compiler may have used and the processor lacks; a null pointer if there are none.
FOR_ANY_PROCESSOR static inline const char *missingInstructions(void) {
#if defined(__x86_64__)
  // A macro that the compiler has defined becomes a 1.
  #define TEXT_(text) #text
  #define TEXT(macro) TEXT_(macro)
  #define REQUIRE(macro, name) \
    if (TEXT(macro)[0] == '1' && !__builtin_cpu_supports(name)) return name;
  // It is called before the C library's own constructors are.
  __builtin_cpu_init();
  REQUIRE(__AVX512F__, "avx512f")
  REQUIRE(__AVX512BW__, "avx512bw")
  REQUIRE(__AVX512CD__, "avx512cd")
  REQUIRE(__AVX512DQ__, "avx512dq")
  REQUIRE(__AVX512VL__, "avx512vl")
  REQUIRE(__AVX512IFMA__, "avx512ifma")
  REQUIRE(__AVX512VBMI__, "avx512vbmi")
  REQUIRE(__AVX512VBMI2__, "avx512vbmi2")
  REQUIRE(__AVX512VNNI__, "avx512vnni")
  REQUIRE(__AVX512BITALG__, "avx512bitalg")
  REQUIRE(__AVX512VPOPCNTDQ__, "avx512vpopcntdq")
  REQUIRE(__AVX512BF16__, "avx512bf16")
  REQUIRE(__GFNI__, "gfni")
  REQUIRE(__AVX2__, "avx2")
  REQUIRE(__FMA__, "fma")
  // AMD's alone, also in processors that have AVX2 and no more than it, as Intel's have.
  REQUIRE(__SSE4A__, "sse4a")
  REQUIRE(__XOP__, "xop")
  REQUIRE(__FMA4__, "fma4")
  REQUIRE(__AVX__, "avx")
  REQUIRE(__BMI__, "bmi")
  REQUIRE(__BMI2__, "bmi2")
  REQUIRE(__POPCNT__, "popcnt")
  REQUIRE(__SSE4_2__, "sse4.2")
  REQUIRE(__SSE4_1__, "sse4.1")
  REQUIRE(__SSSE3__, "ssse3")
  REQUIRE(__SSE3__, "sse3")
#endif
  return 0;
}

/// Ends a program that the processor cannot run, in words instead of by "Illegal instruction". `main` may have such
/// instructions anywhere, so this comes before.
__attribute__((constructor)) FOR_ANY_PROCESSOR static void refuseProcessor(void) {
  const char *missing = missingInstructions();
  if (!missing) return;
  dprintf(
    STDERR_FILENO,
    "this program was built for instructions that this processor lacks (%s); rebuild it on this machine: swift package "
    "clean, then swift run\n",
    missing);
  _exit(1);
}
