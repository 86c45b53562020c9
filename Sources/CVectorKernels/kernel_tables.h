// The table that each instruction set's file defines. A set is absent from builds for other architectures.
#ifndef KERNEL_TABLES_H
#define KERNEL_TABLES_H

#include "cvk_distance.h"
#include "fetch.h"

/// A tile of one pair after the other: rows come from memory once, for what registers would bring beyond that.
#define PLAIN_TILE_KERNEL(name)                                                                                       \
    static void name##_tile(const float *const *queries, const float *const *rows, size_t count, size_t n, float *out, \
                            size_t out_stride) {                                                                      \
        for (size_t i = 0; i < count; i++)                                                                            \
            for (size_t j = 0; j < CVK_TILE; j++) out[j * out_stride + i] = name(queries[j], rows[i], n);             \
    }

extern const cvk_kernels cvk_scalar_kernels;
#if defined(__x86_64__)
extern const cvk_kernels cvk_avx2_kernels;
extern const cvk_kernels cvk_avx512_kernels;
#elif defined(__aarch64__)
extern const cvk_kernels cvk_neon_kernels;
#endif

#endif
