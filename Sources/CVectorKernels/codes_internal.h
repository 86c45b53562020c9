// What the files of code kernels share.
#ifndef CODES_INTERNAL_H
#define CODES_INTERNAL_H

#include "cvk_codes.h"
#include "fetch.h"

extern const cvk_code_kernels cvk_scalar_code_kernels;
#if defined(__x86_64__)
extern const cvk_code_kernels cvk_avx2_code_kernels;
extern const cvk_code_kernels cvk_avx512_code_kernels;
extern const cvk_code_kernels cvk_avx512_vnni_code_kernels;
#elif defined(__aarch64__)
extern const cvk_code_kernels cvk_neon_code_kernels;
#endif

/// The one encoder: each instruction set's file compiles it for itself. No step may be fused, so that all agree.
#define ENCODE_S8_KERNEL                                                                                              \
    static float encode_s8(const float *x, size_t n, int8_t *codes) {                                                 \
        _Pragma("clang fp contract(off)") uint32_t greatest = 0;                                                      \
        /* Without their sign, floats are in the order of their bits. */                                              \
        for (size_t i = 0; i < n; i++) {                                                                              \
            uint32_t bits;                                                                                            \
            __builtin_memcpy(&bits, x + i, sizeof bits);                                                              \
            bits &= 0x7fffffff;                                                                                       \
            greatest = bits > greatest ? bits : greatest;                                                             \
        }                                                                                                             \
        float maximum;                                                                                                \
        __builtin_memcpy(&maximum, &greatest, sizeof maximum);                                                        \
        float inverse = maximum > 1e-36f ? 127 / maximum : 0;                                                         \
        /* Adding 1.5 · 2²³ leaves the nearest whole number in the low bits. */                                       \
        for (size_t i = 0; i < n; i++) {                                                                              \
            float shifted = x[i] * inverse + 12582912.0f;                                                             \
            int32_t bits;                                                                                             \
            __builtin_memcpy(&bits, &shifted, sizeof bits);                                                           \
            codes[i] = (int8_t)(bits & 0xff);                                                                         \
        }                                                                                                             \
        return inverse == 0 ? 0 : maximum / 127;                                                                      \
    }

#endif
