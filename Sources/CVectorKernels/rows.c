#include <string.h>

#include "rows_heap.h"
#include "rows_internal.h"

float cvk_rows_value(const cvk_rows *s, uint32_t ordinal) {
    float value;
    rows_values_of(s, &ordinal, 1, &value);
    return value;
}

enum { BATCH = ROWS_BATCH, AHEAD = 8 };

/// Rows that stand anywhere are asked for while those before them are compared.
static void compare_scattered(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) fetch_line(row_at(s, ordinals[i]));
    for (size_t i = 0; i < AHEAD && i < count; i++) fetch_row(s, ordinals[i]);
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) fetch_row(s, ordinals[i + AHEAD]);
        rows_values_of(s, ordinals + i, 1, out + i);
    }
}

/// Rows that stand close together come by themselves.
static void compare_batch(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    if (ordinals[count - 1] - ordinals[0] < 2 * count) return rows_values_of(s, ordinals, count, out);
    compare_scattered(s, ordinals, count, out);
}

size_t cvk_rows_values(const cvk_rows *s, const uint64_t *words, size_t word_count, float *out) {
    rows_batches b = rows_batches_of(words, word_count, BATCH);
    size_t count = 0;
    for (size_t found; (found = rows_next_batch(&b)) > 0; count += found) compare_batch(s, b.ordinals, found, out + count);
    return count;
}

size_t cvk_rows_nearest(const cvk_rows *s, const uint64_t *words, size_t word_count, size_t k, cvk_neighbour *out) {
    rows_batches b = rows_batches_of(words, word_count, BATCH);
    size_t count = 0;
    float values[BATCH];
    for (size_t found; (found = rows_next_batch(&b)) > 0;) {
        compare_batch(s, b.ordinals, found, values);
        for (size_t i = 0; i < found; i++) count = keep(out, count, k, (cvk_neighbour){values[i], b.ordinals[i]});
    }
    sort(out, count);
    return count;
}

size_t cvk_rows_nearest_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, size_t k, cvk_neighbour *out) {
    size_t kept = 0;
    float values[BATCH];
    for (size_t start = 0; start < count; start += BATCH) {
        size_t batch = count - start < BATCH ? count - start : BATCH;
        compare_scattered(s, ordinals + start, batch, values);
        for (size_t i = 0; i < batch; i++) kept = keep(out, kept, k, (cvk_neighbour){values[i], ordinals[start + i]});
    }
    sort(out, kept);
    return kept;
}

FOR_EACH_SET uint64_t cvk_read_all(const void *bytes, size_t count) {
    typedef uint64_t lanes __attribute__((ext_vector_type(32)));
    const char *start = bytes;
    lanes total = 0;
    size_t i = 0;
    for (; i + sizeof(lanes) <= count; i += sizeof(lanes)) {
        lanes next;
        memcpy(&next, start + i, sizeof next);
        total ^= next;
    }
    uint64_t sum = 0;
    for (size_t lane = 0; lane < 32; lane++) sum ^= total[lane];
    for (; i < count; i++) sum ^= (uint64_t)(uint8_t)start[i];
    return sum;
}
