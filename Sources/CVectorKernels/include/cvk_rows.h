// Exact comparison of one query with rows of any element type: what flat indexes, narrow filters and scripts do.
#ifndef CVK_ROWS_H
#define CVK_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "cvk_distance.h"
#include "cvk_graph.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

typedef enum {
    CVK_ELEMENT_FLOAT = 0,
    CVK_ELEMENT_BFLOAT16 = 1,
    CVK_ELEMENT_BYTE = 2,
    CVK_ELEMENT_BIT = 3,
} cvk_element;

typedef enum {
    /// The inner product; of bits, how many are set in both.
    CVK_DOT = 0,
    /// The squared euclidean distance; of bits, how many differ.
    CVK_SQUARED_L2 = 1,
    /// The sum of the differences, for `cvk_rows_value` and `cvk_rows_values` alone; of bits, how many differ.
    CVK_L1 = 2,
    /// How many bits differ, of bytes and bits; for the same two.
    CVK_HAMMING = 3,
} cvk_function;

/// What becomes of a value by its row's magnitude.
typedef enum {
    CVK_MAGNITUDE_UNUSED = 0,
    CVK_MAGNITUDE_DIVIDES = 1,
    CVK_MAGNITUDE_MULTIPLIES = 2,
} cvk_magnitude;

/// Rows in the caller's mapping, one ordinal after the other, and the query that they are compared with.
typedef struct {
    const cvk_kernels *kernels;
    cvk_element element;
    cvk_function function;
    /// Elements of a row; of bits, bytes.
    size_t count;
    const void *rows;
    /// Bytes from one row to the next. A row's magnitude is the float 8 bytes before its end.
    size_t row_bytes;
    /// Floats for float and bfloat16 rows, else what a row holds.
    const void *query;
    /// Each value is multiplied by this.
    float scale;
    cvk_magnitude magnitude;
} cvk_rows;

/// The value of one row.
float cvk_rows_value(const cvk_rows *rows, uint32_t ordinal);

/// The values of the ordinals whose bits are set, ascending, in `out`. Returns their number.
size_t cvk_rows_values(const cvk_rows *rows, const uint64_t *words, size_t word_count, float *out);

/// The `k` ordinals of least value among those whose bits are set, best first, lower ordinals first among equals.
/// `out` has room for `k`, at least 1. Returns their number.
size_t cvk_rows_nearest(const cvk_rows *rows, const uint64_t *words, size_t word_count, size_t k, cvk_neighbour *out);

/// The same for each of many queries, of the same rows and function, to the bit; each row is read from memory once.
/// Query j's begin at out[j * k], and are counts[j].
void cvk_rows_nearest_of_each(const cvk_rows *queries, size_t query_count, const uint64_t *words, size_t word_count,
                              size_t k, cvk_neighbour *out, size_t *counts);

/// The same as `cvk_rows_nearest` among `count` ordinals in any order.
size_t cvk_rows_nearest_of(const cvk_rows *rows, const uint32_t *ordinals, size_t count, size_t k, cvk_neighbour *out);

/// Reads all bytes and returns their parity: how fast memory can be read, for comparison.
uint64_t cvk_read_all(const void *bytes, size_t count);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
