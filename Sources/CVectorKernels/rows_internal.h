// What comparing rows is made of: kernels for one set of rows, and the passes over many.
#ifndef ROWS_INTERNAL_H
#define ROWS_INTERNAL_H

#include "cvk_rows.h"
#include "fetch.h"
#include "for_each_set.h"

static inline const uint8_t *row_at(const cvk_rows *s, uint32_t ordinal) {
    return (const uint8_t *)s->rows + (size_t)ordinal * s->row_bytes;
}

static inline void fetch_row(const cvk_rows *s, uint32_t ordinal) { fetch_lines(row_at(s, ordinal), s->row_bytes); }

/// Rows of a batch at most.
enum { ROWS_BATCH = 64 };

/// Ordinals whose bits are set, a batch at a time.
typedef struct {
    const uint64_t *words;
    size_t word_count, word, limit;
    uint64_t rest;
    uint32_t ordinals[ROWS_BATCH];
} rows_batches;

/// Batches of `limit`, ROWS_BATCH at most.
static inline rows_batches rows_batches_of(const uint64_t *words, size_t word_count, size_t limit) {
    return (rows_batches){
        .words = words, .word_count = word_count, .limit = limit, .rest = word_count > 0 ? words[0] : 0};
}

/// The next ordinals; 0 at the end.
static inline size_t rows_next_batch(rows_batches *b) {
    size_t count = 0;
    while (b->word < b->word_count) {
        for (; b->rest != 0; b->rest &= b->rest - 1) {
            if (count == b->limit) return count;
            b->ordinals[count++] = (uint32_t)(b->word * 64) + (uint32_t)__builtin_ctzll(b->rest);
        }
        b->word++;
        b->rest = b->word < b->word_count ? b->words[b->word] : 0;
    }
    return count;
}

// rows_kernels.c
/// The values of rows that are in memory, or soon will be.
void rows_values_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out);
/// What the rows' magnitudes and the query's scale make of their values.
void rows_scale(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out);

// rows_tiles.c
/// The same for CVK_TILE queries, which differ in vector and scale alone, and ROWS_BATCH rows at most: query j's values
/// begin at out[j * out_stride].
void rows_tile(const cvk_rows *const *queries, const uint32_t *ordinals, size_t count, float *out, size_t out_stride);

#endif
