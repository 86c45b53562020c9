#include <string.h>

#include "rows_heap.h"
#include "rows_internal.h"

enum {
    /// Bytes of a batch's rows: with as many of the queries they stay in the second level of the cache, while query after
    /// query passes over them.
    BATCH_BYTES = 128 << 10,
    LEAST_ROWS = 8,
};

static size_t rows_at_once(size_t row_bytes) {
    size_t rows = BATCH_BYTES / row_bytes;
    return rows < LEAST_ROWS ? LEAST_ROWS : rows > ROWS_BATCH ? ROWS_BATCH : rows;
}

/// Whether none can be kept, which is so nearly always: seen for many at once.
static bool all_beyond(const float *values, size_t count, float worst) {
    int within = 0;
    for (size_t i = 0; i < count; i++) within |= !(values[i] > worst);
    return within == 0;
}

/// Compares a batch with the queries of one tile, and keeps the best. A tile that is not full has its last query again.
static void compare_tile(const cvk_rows *queries, size_t query_count, const uint32_t *ordinals, size_t count, size_t k,
                         cvk_neighbour *out, size_t *counts) {
    const cvk_rows *tile[CVK_TILE];
    float values[CVK_TILE][ROWS_BATCH];
    for (size_t j = 0; j < CVK_TILE; j++) tile[j] = queries + (j < query_count ? j : query_count - 1);
    rows_tile(tile, ordinals, count, values[0], ROWS_BATCH);
    for (size_t j = 0; j < CVK_TILE && j < query_count; j++) {
        cvk_neighbour *heap = out + j * k;
        size_t held = counts[j];
        if (held == k && all_beyond(values[j], count, heap[0].distance)) continue;
        for (size_t i = 0; i < count; i++) held = keep(heap, held, k, (cvk_neighbour){values[j][i], ordinals[i]});
        counts[j] = held;
    }
}

void cvk_rows_nearest_of_each(const cvk_rows *queries, size_t query_count, const uint64_t *words, size_t word_count,
                              size_t k, cvk_neighbour *out, size_t *counts) {
    memset(counts, 0, query_count * sizeof *counts);
    if (query_count == 0) return;
    size_t tiles = (query_count + CVK_TILE - 1) / CVK_TILE;
    rows_batches b = rows_batches_of(words, word_count, rows_at_once(queries->row_bytes));
    uint32_t ordinals[ROWS_BATCH];
    for (size_t count = rows_next_batch(&b), next; count > 0; count = next) {
        memcpy(ordinals, b.ordinals, count * sizeof *ordinals);
        next = rows_next_batch(&b);
        for (size_t tile = 0, fetched = 0; tile < tiles; tile++) {
            // The next rows come while these are compared.
            for (; fetched < next * (tile + 1) / tiles; fetched++) fetch_row(queries, b.ordinals[fetched]);
            size_t first = tile * CVK_TILE;
            compare_tile(queries + first, query_count - first, ordinals, count, k, out + first * k, counts + first);
        }
    }
    for (size_t j = 0; j < query_count; j++) sort(out + j * k, counts[j]);
}
