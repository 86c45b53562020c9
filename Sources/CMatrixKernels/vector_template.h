// Vectors of LANES floats and functions of them; part of every instruction set's kernels.

#ifndef CM_VECTOR_TEMPLATE_H
#define CM_VECTOR_TEMPLATE_H

#include <stdint.h>
#include <string.h>

#include "CMatrixKernels.h"

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

enum { PANEL = 2 * LANES };

typedef float vec __attribute__((vector_size(LANES * 4)));
typedef int32_t ivec __attribute__((vector_size(LANES * 4)));

INLINE vec load(const float *p) {
    vec v;
    memcpy(&v, p, sizeof v);
    return v;
}
INLINE void store(float *p, vec v) { memcpy(p, &v, sizeof v); }
INLINE ivec load_integers(const void *p) {
    ivec v;
    memcpy(&v, p, sizeof v);
    return v;
}
// The four bytes at `p` in every lane.
INLINE ivec splat_integer(const void *p) {
    int32_t x;
    memcpy(&x, p, sizeof x);
    return x - (ivec){0};
}
// The whole part of each value, 0 to 255.
INLINE void store_bytes(uint8_t *p, vec v) {
    typedef uint8_t bytes __attribute__((vector_size(LANES)));
    bytes b = __builtin_convertvector(__builtin_convertvector(v, ivec), bytes);
    memcpy(p, &b, sizeof b);
}
#ifdef TO_BF16
typedef uint16_t halves __attribute__((vector_size(LANES * 2)));

INLINE void store_bf16(uint16_t *p, vec v) {
    halves h = TO_BF16(v);
    memcpy(p, &h, sizeof h);
}
// The nearest bfloat16 of both, side by side in each lane.
INLINE ivec bf16_pairs(vec even, vec odd) {
    return __builtin_convertvector(TO_BF16(even), ivec) | __builtin_convertvector(TO_BF16(odd), ivec) << 16;
}
#endif
// `x - 0` is x, which compilers know; `0 + x` is not, for x = -0.
INLINE vec splat(float x) { return x - (vec){0}; }
INLINE vec blend(ivec mask, vec a, vec b) { return (vec)(((ivec)a & mask) | ((ivec)b & ~mask)); }
INLINE vec minimum(vec a, vec b) { return blend(a < b, a, b); }
INLINE vec maximum(vec a, vec b) { return blend(a > b, a, b); }
INLINE vec absolute(vec a) { return (vec)((ivec)a & 0x7fffffff); }

// Pairwise, which takes a few steps instead of LANES.
#define DEFINE_OVERALL(NAME, COMBINED)                                                          \
    INLINE float NAME(vec v) {                                                                  \
        for (int width = LANES / 2; width > 0; width /= 2)                                      \
            for (int i = 0; i < width; i++) {                                                   \
                const float a = v[i], b = v[i + width];                                         \
                v[i] = COMBINED;                                                                \
            }                                                                                   \
        return v[0];                                                                            \
    }
DEFINE_OVERALL(sum_of, a + b)
DEFINE_OVERALL(least_of, a < b ? a : b)
DEFINE_OVERALL(most_of, a > b ? a : b)

INLINE vec load_part(const float *p, ptrdiff_t count) {
    float padded[LANES] = {0};
    memcpy(padded, p, (size_t)count * sizeof(float));
    return load(padded);
}
INLINE void store_part(float *p, vec v, ptrdiff_t count) { memcpy(p, &v, (size_t)count * sizeof(float)); }

// MARK: - Functions of one variable

// e^x = 2^n e^r with |r| <= ln 2 / 2 and the polynomial of Cephes' expf (Moshier); below 2 ulp, and 0 where it underflows.
INLINE vec exponential(vec x) {
    const vec low = splat(-87.33654f), high = splat(88.37626f), shifter = splat(12582912.0f);
    vec clamped = minimum(maximum(x, low), high);
    vec n = (clamped * 1.44269504f + shifter) - shifter;
    vec r = clamped - n * 0.693359375f;
    r = r - n * -2.12194440e-4f;
    vec p = splat(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * (r * r) + r + 1.0f;
    vec scale = (vec)((__builtin_convertvector(n, ivec) + 127) << 23);
    return blend(x < low, splat(0), p * scale);
}

// 1 / x for finite x; where a division takes long, by one step of Newton's method from the instruction's 14 bits.
INLINE vec reciprocal(vec x) {
#ifdef RECIPROCAL
    vec y = RECIPROCAL(x);
    return y * (2.0f - x * y);
#else
    return 1.0f / x;
#endif
}

INLINE vec sigmoid(vec x) { return reciprocal(1.0f + exponential(-x)); }

INLINE vec hyperbolic_tangent(vec x) { return 2.0f * sigmoid(2.0f * x) - 1.0f; }

// x P(x²) / Q(x²) on [-4, 4], the rational minimax approximation of Eigen's and XLA's erf; below 4e-7 absolute.
INLINE vec error_function(vec x) {
    vec z = minimum(maximum(x, splat(-4.0f)), splat(4.0f)), s = z * z;
    vec p = splat(-2.72614225801306e-10f);
    p = p * s + 2.77068142495902e-08f;
    p = p * s + -2.10102402082508e-06f;
    p = p * s + -5.69250639462346e-05f;
    p = p * s + -7.34990630326855e-04f;
    p = p * s + -2.95459980854025e-03f;
    p = p * s + -1.60960333262415e-02f;
    vec q = splat(-1.45660718464996e-05f);
    q = q * s + -2.13374055278905e-04f;
    q = q * s + -1.68282697438203e-03f;
    q = q * s + -7.37332916720468e-03f;
    q = q * s + -1.42647390514189e-02f;
    return z * p * reciprocal(q);
}

INLINE vec activated(vec x, cm_activation activation) {
    switch (activation) {
    case CM_ACTIVATION_NONE: return x;
    case CM_ACTIVATION_RELU: return maximum(x, splat(0));
    case CM_ACTIVATION_RELU6: return minimum(maximum(x, splat(0)), splat(6));
    case CM_ACTIVATION_QUICK_GELU: return x * sigmoid(1.702f * x);
    case CM_ACTIVATION_GELU: return 0.5f * x * (1.0f + error_function(x * 0.70710678f));
    case CM_ACTIVATION_GELU_TANH:
        return x * sigmoid(1.5957691216f * (x + 0.044715f * x * x * x));
    case CM_ACTIVATION_TANH: return hyperbolic_tangent(x);
    }
    return x;
}

#endif
