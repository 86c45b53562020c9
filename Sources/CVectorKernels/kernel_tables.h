// The table that each instruction set's file defines. A set is absent from builds for other architectures.
#ifndef KERNEL_TABLES_H
#define KERNEL_TABLES_H

#include "cvk_distance.h"
#include "fetch.h"

extern const cvk_kernels cvk_scalar_kernels;
#if defined(__x86_64__)
extern const cvk_kernels cvk_avx2_kernels;
extern const cvk_kernels cvk_avx512_kernels;
#elif defined(__aarch64__)
extern const cvk_kernels cvk_neon_kernels;
#endif

#endif
