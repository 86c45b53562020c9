// What comparing rows is made of: kernels for one set of rows, and the passes over many.
#ifndef ROWS_INTERNAL_H
#define ROWS_INTERNAL_H

#include "cvk_rows.h"
#include "fetch.h"
#include "for_each_set.h"

static inline const uint8_t *row_at(const cvk_rows *s, uint32_t ordinal) {
    return (const uint8_t *)s->rows + (size_t)ordinal * s->row_bytes;
}

// rows_kernels.c
/// The values of rows that are in memory, or soon will be.
void rows_values_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out);

#endif
