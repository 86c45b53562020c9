#include <stdbool.h>
#include <string.h>

#include "rows_internal.h"

float cvk_rows_value(const cvk_rows *s, uint32_t ordinal) {
    float value;
    rows_values_of(s, &ordinal, 1, &value);
    return value;
}

enum { BATCH = 64, AHEAD = 8 };

/// Ordinals whose bits are set, a batch at a time.
typedef struct {
    const uint64_t *words;
    size_t word_count, word;
    uint64_t rest;
    uint32_t ordinals[BATCH];
} batches;

static batches batches_of(const uint64_t *words, size_t word_count) {
    return (batches){.words = words, .word_count = word_count, .rest = word_count > 0 ? words[0] : 0};
}

/// The next ordinals; 0 at the end.
static size_t next_batch(batches *b) {
    size_t count = 0;
    while (b->word < b->word_count) {
        for (; b->rest != 0; b->rest &= b->rest - 1) {
            if (count == BATCH) return count;
            b->ordinals[count++] = (uint32_t)(b->word * 64) + (uint32_t)__builtin_ctzll(b->rest);
        }
        b->word++;
        b->rest = b->word < b->word_count ? b->words[b->word] : 0;
    }
    return count;
}

static inline void fetch(const cvk_rows *s, uint32_t ordinal) { fetch_lines(row_at(s, ordinal), s->row_bytes); }

/// Rows that stand anywhere are asked for while those before them are compared.
static void compare_scattered(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    for (size_t i = 0; i < count; i++) fetch_line(row_at(s, ordinals[i]));
    for (size_t i = 0; i < AHEAD && i < count; i++) fetch(s, ordinals[i]);
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) fetch(s, ordinals[i + AHEAD]);
        rows_values_of(s, ordinals + i, 1, out + i);
    }
}

/// Rows that stand close together come by themselves.
static void compare_batch(const cvk_rows *s, const uint32_t *ordinals, size_t count, float *out) {
    if (ordinals[count - 1] - ordinals[0] < 2 * count) return rows_values_of(s, ordinals, count, out);
    compare_scattered(s, ordinals, count, out);
}

size_t cvk_rows_values(const cvk_rows *s, const uint64_t *words, size_t word_count, float *out) {
    batches b = batches_of(words, word_count);
    size_t count = 0;
    for (size_t found; (found = next_batch(&b)) > 0; count += found) compare_batch(s, b.ordinals, found, out + count);
    return count;
}

/// Whether `a` is worse: it leaves the heap first.
static inline bool is_worse(cvk_neighbour a, cvk_neighbour b) {
    return a.distance != b.distance ? a.distance > b.distance : a.node > b.node;
}

/// Puts `item` into the heap of `count`, from the root down; the worst stands at the root.
static void sink(cvk_neighbour *heap, size_t count, cvk_neighbour item) {
    size_t place = 0;
    for (size_t child; (child = 2 * place + 1) < count; place = child) {
        if (child + 1 < count && is_worse(heap[child + 1], heap[child])) child++;
        if (!is_worse(heap[child], item)) break;
        heap[place] = heap[child];
    }
    heap[place] = item;
}

static void rise(cvk_neighbour *heap, size_t place, cvk_neighbour item) {
    for (size_t parent; place > 0 && is_worse(item, heap[parent = (place - 1) / 2]); place = parent)
        heap[place] = heap[parent];
    heap[place] = item;
}

/// Keeps the `k` best in a heap; returns how many it holds.
static inline size_t keep(cvk_neighbour *heap, size_t count, size_t k, cvk_neighbour item) {
    if (count < k) {
        rise(heap, count, item);
        return count + 1;
    }
    if (is_worse(heap[0], item)) sink(heap, k, item);
    return count;
}

static void sort(cvk_neighbour *heap, size_t count) {
    for (size_t end = count; end > 1; end--) {
        cvk_neighbour worst = heap[0];
        sink(heap, end - 1, heap[end - 1]);
        heap[end - 1] = worst;
    }
}

size_t cvk_rows_nearest(const cvk_rows *s, const uint64_t *words, size_t word_count, size_t k, cvk_neighbour *out) {
    batches b = batches_of(words, word_count);
    size_t count = 0;
    float values[BATCH];
    for (size_t found; (found = next_batch(&b)) > 0;) {
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
