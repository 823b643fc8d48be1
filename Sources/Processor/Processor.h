// What the compiler builds for. Swift has no condition for it, but reads these constants while it compiles.

/// The bytes of a vector register, and how many there are.
#if defined(__AVX512F__)
  #define VECTOR_REGISTER_BYTES 64
  #define VECTOR_REGISTERS 32
#elif defined(__AVX__)
  #define VECTOR_REGISTER_BYTES 32
  #define VECTOR_REGISTERS 16
#elif defined(__aarch64__)
  #define VECTOR_REGISTER_BYTES 16
  #define VECTOR_REGISTERS 32
#else
  #define VECTOR_REGISTER_BYTES 16
  #define VECTOR_REGISTERS 16
#endif
