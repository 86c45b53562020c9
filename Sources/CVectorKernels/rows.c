#include "cvk_rows.h"

#include <stdbool.h>
#include <string.h>

// Vector types that the compiler lowers to each instruction set: one source for kernels that only have to keep up with
// memory.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_SET __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_SET
#endif

enum { STEP = 32 };
typedef float floats __attribute__((ext_vector_type(STEP)));
typedef uint16_t words16 __attribute__((ext_vector_type(STEP)));
typedef int16_t shorts __attribute__((ext_vector_type(STEP)));
typedef int8_t bytes __attribute__((ext_vector_type(STEP)));
typedef int32_t ints __attribute__((ext_vector_type(STEP)));
typedef uint32_t words32 __attribute__((ext_vector_type(STEP)));

static inline float widened(uint16_t value) {
    uint32_t bits = (uint32_t)value << 16;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

#define BFLOAT16_KERNEL(name, add)                                                                                    \
    FOR_EACH_SET static float name(const float *query, const uint16_t *row, size_t n) {                               \
        floats total = 0;                                                                                             \
        size_t i = 0;                                                                                                 \
        for (; i + STEP <= n; i += STEP) {                                                                            \
            floats q, r;                                                                                              \
            words16 narrow;                                                                                           \
            memcpy(&q, query + i, sizeof q);                                                                          \
            memcpy(&narrow, row + i, sizeof narrow);                                                                  \
            words32 wide = __builtin_convertvector(narrow, words32) << 16;                                            \
            memcpy(&r, &wide, sizeof r);                                                                              \
            total += add(q, r);                                                                                       \
        }                                                                                                             \
        float sum = 0;                                                                                                \
        for (size_t lane = 0; lane < STEP; lane++) sum += total[lane];                                                \
        for (; i < n; i++) sum += add(query[i], widened(row[i]));                                                     \
        return sum;                                                                                                   \
    }

#define PRODUCT(x, y) ((x) * (y))
#define SQUARE(x, y) (((x) - (y)) * ((x) - (y)))

BFLOAT16_KERNEL(bfloat16_dot, PRODUCT)
BFLOAT16_KERNEL(bfloat16_squared_l2, SQUARE)

FOR_EACH_SET static int32_t byte_dot(const int8_t *query, const int8_t *row, size_t n) {
    ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        bytes q, r;
        memcpy(&q, query + i, sizeof q);
        memcpy(&r, row + i, sizeof r);
        // 128 · 128 still fits.
        shorts product = __builtin_convertvector(q, shorts) * __builtin_convertvector(r, shorts);
        total += __builtin_convertvector(product, ints);
    }
    int32_t sum = 0;
    for (size_t lane = 0; lane < STEP; lane++) sum += total[lane];
    for (; i < n; i++) sum += query[i] * row[i];
    return sum;
}

FOR_EACH_SET static int32_t byte_squared_l2(const int8_t *query, const int8_t *row, size_t n) {
    ints total = 0;
    size_t i = 0;
    for (; i + STEP <= n; i += STEP) {
        bytes q, r;
        memcpy(&q, query + i, sizeof q);
        memcpy(&r, row + i, sizeof r);
        shorts difference = __builtin_convertvector(q, shorts) - __builtin_convertvector(r, shorts);
        // 255 · 255 fits if it has no sign.
        words16 magnitude;
        memcpy(&magnitude, &difference, sizeof magnitude);
        total += __builtin_convertvector((words16)(magnitude * magnitude), ints);
    }
    int32_t sum = 0;
    for (size_t lane = 0; lane < STEP; lane++) sum += total[lane];
    for (; i < n; i++) sum += (query[i] - row[i]) * (query[i] - row[i]);
    return sum;
}

#define BIT_KERNEL(name, operator)                                                                                    \
    FOR_EACH_SET static int32_t name(const uint8_t *query, const uint8_t *row, size_t n) {                            \
        uint64_t total = 0;                                                                                           \
        size_t i = 0;                                                                                                 \
        for (; i + 8 <= n; i += 8) {                                                                                  \
            uint64_t q, r;                                                                                            \
            memcpy(&q, query + i, sizeof q);                                                                          \
            memcpy(&r, row + i, sizeof r);                                                                            \
            total += (uint64_t)__builtin_popcountll(q operator r);                                                    \
        }                                                                                                             \
        for (; i < n; i++) total += (uint64_t)__builtin_popcount((unsigned)(query[i] operator row[i]));               \
        return (int32_t)total;                                                                                        \
    }

BIT_KERNEL(bit_dot, &)
BIT_KERNEL(bit_squared_l2, ^)

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

static inline const uint8_t *row_at(const cvk_rows *s, uint32_t ordinal) {
    return (const uint8_t *)s->rows + (size_t)ordinal * s->row_bytes;
}

static inline float value_of(const cvk_rows *s, const uint8_t *row) {
    const void *r = row;
    bool dot = s->function == CVK_DOT;
    float value = 0;
    switch (s->element) {
        case CVK_ELEMENT_FLOAT: value = (dot ? s->kernels->dot : s->kernels->squared_l2)(s->query, r, s->count); break;
        case CVK_ELEMENT_BFLOAT16: value = (dot ? bfloat16_dot : bfloat16_squared_l2)(s->query, r, s->count); break;
        case CVK_ELEMENT_BYTE: value = (float)(dot ? byte_dot : byte_squared_l2)(s->query, r, s->count); break;
        case CVK_ELEMENT_BIT: value = (float)(dot ? bit_dot : bit_squared_l2)(s->query, r, s->count); break;
    }
    if (s->magnitude == CVK_MAGNITUDE_UNUSED) return value * s->scale;
    float magnitude;
    memcpy(&magnitude, row + s->row_bytes - 8, sizeof magnitude);
    return (s->magnitude == CVK_MAGNITUDE_DIVIDES ? value / magnitude : value * magnitude) * s->scale;
}

float cvk_rows_value(const cvk_rows *s, uint32_t ordinal) { return value_of(s, row_at(s, ordinal)); }

/// Rows that follow one another are fetched by the processor itself, and faster than prefetching could; a row that stands
/// alone is asked for while the one before it is compared.
static inline void prefetch(const cvk_rows *s, uint32_t ordinal) {
    const uint8_t *row = row_at(s, ordinal);
    for (size_t offset = 0; offset < s->row_bytes; offset += 64) __builtin_prefetch(row + offset);
}

/// Calls `body` with each ordinal whose bit is set.
#define FOR_EACH_ORDINAL(s, words, word_count, body)                                                                  \
    for (size_t w = 0; w < (word_count); w++) {                                                                       \
        uint64_t rest = (words)[w];                                                                                   \
        bool dense = __builtin_popcountll(rest) > 32;                                                                 \
        while (rest != 0) {                                                                                           \
            uint32_t ordinal = (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(rest);                                  \
            rest &= rest - 1;                                                                                         \
            if (!dense) {                                                                                             \
                if (rest != 0)                                                                                        \
                    prefetch(s, (uint32_t)(w * 64) + (uint32_t)__builtin_ctzll(rest));                                \
                else if (w + 1 < (word_count) && (words)[w + 1] != 0)                                                 \
                    prefetch(s, (uint32_t)(w * 64 + 64) + (uint32_t)__builtin_ctzll((words)[w + 1]));                 \
            }                                                                                                         \
            body                                                                                                      \
        }                                                                                                             \
    }

size_t cvk_rows_values(const cvk_rows *s, const uint64_t *words, size_t word_count, float *out) {
    size_t count = 0;
    FOR_EACH_ORDINAL(s, words, word_count, { out[count++] = value_of(s, row_at(s, ordinal)); })
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
    size_t count = 0;
    FOR_EACH_ORDINAL(s, words, word_count,
                     { count = keep(out, count, k, (cvk_neighbour){value_of(s, row_at(s, ordinal)), ordinal}); })
    sort(out, count);
    return count;
}

size_t cvk_rows_nearest_of(const cvk_rows *s, const uint32_t *ordinals, size_t count, size_t k, cvk_neighbour *out) {
    enum { AHEAD = 3 };
    for (size_t i = 0; i < AHEAD && i < count; i++) prefetch(s, ordinals[i]);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (i + AHEAD < count) prefetch(s, ordinals[i + AHEAD]);
        kept = keep(out, kept, k, (cvk_neighbour){value_of(s, row_at(s, ordinals[i])), ordinals[i]});
    }
    sort(out, kept);
    return kept;
}
