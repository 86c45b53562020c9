// The candidates of one walk over a graph, nearest first.
#ifndef WALK_POOL_H
#define WALK_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/// Bits of a candidate's node say that its links were followed, and that it passes the filter.
#define POOL_EXPANDED ((uint32_t)1 << 31)
#define POOL_PASSES ((uint32_t)1 << 30)
#define POOL_NODE(candidate) ((candidate) & (POOL_PASSES - 1))

/// When a pool is full: what is not nearer than its last is not kept then.
typedef struct {
    /// So many pass.
    size_t passing;
    /// Or it holds `most`, of which `enough` pass.
    size_t most, enough;
    /// Or it holds so many.
    size_t limit;
} pool_bounds;

typedef struct {
    float *distances;
    /// Nodes, with bits.
    uint32_t *candidates;
    size_t capacity, count;
    size_t passing;
    pool_bounds bounds;
    /// The last candidate's distance once the pool is full.
    float worst;
    /// The first that may not be expanded.
    size_t cursor;
} walk_pool;

/// An empty pool. False when memory runs out.
bool pool_begin(walk_pool *pool, pool_bounds bounds);
void pool_destroy(walk_pool *pool);

/// Moves `values[from..<count]` up by one.
static inline void pool_shift(uint32_t *values, size_t from, size_t count) {
    enum { STEP = 4 };
    for (; count >= from + STEP; count -= STEP) {
        uint32_t step[STEP];
        memcpy(step, values + count - STEP, sizeof step);
        memcpy(values + count - STEP + 1, step, sizeof step);
    }
    for (; count > from; count--) values[count] = values[count - 1];
}

/// Puts a candidate in its place, behind equally distant ones, and returns the place; there is room.
static inline size_t pool_place(walk_pool *pool, float distance, uint32_t candidate) {
    size_t place = 0;
    // Counting is faster than halving: it has no branches, and compares many at once.
    for (size_t i = 0; i < pool->count; i++) place += pool->distances[i] <= distance;
    pool_shift((uint32_t *)pool->distances, place, pool->count);
    pool_shift(pool->candidates, place, pool->count);
    pool->distances[place] = distance;
    pool->candidates[place] = candidate;
    pool->count++;
    pool->passing += (candidate & POOL_PASSES) != 0;
    if (place < pool->cursor) pool->cursor = place;
    return place;
}

static inline bool pool_is_full(const pool_bounds *bounds, size_t count, size_t passing) {
    return passing >= bounds->passing || (count >= bounds->most && passing >= bounds->enough) || count >= bounds->limit;
}

/// As `pool_place`, and lets go of what the pool can do without.
static inline size_t pool_insert(walk_pool *pool, float distance, uint32_t candidate) {
    size_t place = pool_place(pool, distance, candidate);
    while (pool->count > 1) {
        size_t rest = pool->passing - ((pool->candidates[pool->count - 1] & POOL_PASSES) != 0);
        if (!pool_is_full(&pool->bounds, pool->count - 1, rest)) break;
        pool->passing = rest;
        pool->count--;
    }
    if (pool_is_full(&pool->bounds, pool->count, pool->passing)) pool->worst = pool->distances[pool->count - 1];
    return place;
}

/// Lets go of what is farther than `limit`, and of what the pool has no room for: of a scan, which places what it keeps. One
/// candidate at least is within the limit.
static inline void pool_close(walk_pool *pool, float limit) {
    while (pool->distances[pool->count - 1] > limit) pool->count--;
    pool->worst = limit;
    if (pool->count < pool->bounds.limit) return;
    pool->count = pool->bounds.limit;
    pool->worst = pool->distances[pool->count - 1];
}

/// Bounds of a pool that keeps the nearest `limit`.
static inline pool_bounds pool_of(size_t limit) { return (pool_bounds){limit, limit, 0, limit}; }

/// Marks and writes the nearest nodes that are not expanded yet, at most `limit`; returns their number.
static inline size_t pool_expand(walk_pool *pool, size_t limit, uint32_t *nodes) {
    size_t count = 0;
    for (; pool->cursor < pool->count && count < limit; pool->cursor++) {
        uint32_t *candidate = &pool->candidates[pool->cursor];
        if (*candidate & POOL_EXPANDED) continue;
        *candidate |= POOL_EXPANDED;
        nodes[count++] = POOL_NODE(*candidate);
    }
    return count;
}

#endif
