// What the files of sealed parts share.
#ifndef SEALED_INTERNAL_H
#define SEALED_INTERNAL_H

#include "cvk_sealed.h"

extern const cvk_sealed_kernels sealed_scalar_kernels;
#if defined(__x86_64__)
extern const cvk_sealed_kernels sealed_avx2_kernels, sealed_avx512_kernels;
#elif defined(__aarch64__)
extern const cvk_sealed_kernels sealed_neon_kernels;
#endif

/// What an estimate needs beside the code's bits; at the end of a sketch.
typedef struct {
    /// The vector is about this times its signs.
    float sketch_scale;
    /// Bits that are set.
    float ones;
    /// The vector is about this times its nibbles less 7.5.
    float code_scale;
    float halved_square;
} sketch_factors;

static inline const sketch_factors *factors_of(const cvk_sealed_part *part, const uint8_t *sketch) {
    return (const sketch_factors *)(sketch + 8 * part->layout.words);
}

static inline const uint8_t *sketch_of(const cvk_sealed_part *part, uint32_t node) {
    return part->sketches + node * part->layout.sketch_stride;
}

static inline const uint8_t *record_of(const cvk_sealed_part *part, uint32_t node) {
    return part->records + node * part->layout.record_stride;
}

#endif
