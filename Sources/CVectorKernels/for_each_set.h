// Functions compiled once for each instruction set from one source: vector types that the compiler lowers to each. The loader
// chooses among them before anything reads CLIPSEARCH_ISA, which caps the tables of dispatch.c alone: kernels that are written
// in an instruction set's own words.
#ifndef FOR_EACH_SET_H
#define FOR_EACH_SET_H

// Clones are chosen before ThreadSanitizer is ready for what it is told there.
#if defined(__x86_64__) && defined(__linux__) && !__has_feature(thread_sanitizer)
#define FOR_EACH_SET __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_SET
#endif

// Inlined always: that vectors would be handed over in other registers without an instruction set concerns nobody.
#define INLINE static inline __attribute__((always_inline))
#pragma clang diagnostic ignored "-Wpsabi"

#endif
