// Codes: what the graph compares instead of the vectors themselves, a fourth of their size or less.
#ifndef CVK_CODES_H
#define CVK_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cvk_distance.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// One code against many: out[i] = f(query, rows[i]), exactly, so every instruction set gives the same. `count` codes
/// of `bytes` bytes; any alignment is accepted. Rows to come are prefetched while others are compared.
typedef void (*cvk_compare_codes)(const void *query, const void *_Nonnull const *_Nonnull rows, size_t count,
                                  size_t bytes, int32_t *out);

/// The kernels on codes of one instruction set.
typedef struct {
    /// Σ aᵢ·bᵢ of signed bytes.
    cvk_compare_codes dot_s8;
    /// Bits that differ.
    cvk_compare_codes hamming;
    /// codes[i] = x[i] / scale to the nearest, ties to even, with scale = max |x| / 127, which is returned. A vector
    /// too short to have such a scale gets 0, and codes of 0.
    float (*encode_s8)(const float *x, size_t n, int8_t *codes);
} cvk_code_kernels;

/// The kernels of `set`, or NULL where this build or this CPU lacks it.
const cvk_code_kernels *_Nullable cvk_code_kernels_of(cvk_instruction_set set);

typedef enum {
    /// Signed bytes, each vector with a scale of its own: the components are about scale · code, which has the vector's
    /// length.
    CVK_CODE_INT8 = 0,
    /// Components that are whole numbers in -128...127: the code is the vector.
    CVK_CODE_BYTE = 1,
    /// Components above 0 are ones: the code is the vector, and the distance the number of bits that differ.
    CVK_CODE_BIT = 2,
} cvk_code_kind;

/// How vectors become codes, and how far apart two codes lie. A distance is smaller for what is nearer: the negated
/// inner product, the squared euclidean distance, or the number of differing bits.
typedef struct {
    const cvk_code_kernels *kernels;
    cvk_code_kind kind;
    bool euclidean;
    size_t dimensions;
} cvk_code_space;

/// What a distance needs beside the code's bytes.
typedef struct {
    float scale;
    /// The squared length of what the code stands for.
    float squared;
} cvk_code_factors;

/// Bytes of a code, without padding.
size_t cvk_code_bytes(const cvk_code_space *space);

/// Writes the code of `components`, and returns its factors.
cvk_code_factors cvk_encode(const cvk_code_space *space, const float *components, void *code);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
