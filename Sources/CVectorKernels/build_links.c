#include <stdlib.h>
#include <string.h>

#include "cvk_build.h"

struct cvk_build_scratch {
    /// The candidates' distances above their nodes: in ascending order, the nearest come first.
    uint64_t *ranked;
    const void **rows;
    int32_t *products;
    uint32_t *alive;
    size_t capacity;
};

cvk_build_scratch *cvk_build_scratch_create(void) { return calloc(1, sizeof(cvk_build_scratch)); }

void cvk_build_scratch_destroy(cvk_build_scratch *s) {
    free(s->ranked);
    free(s->rows);
    free(s->products);
    free(s->alive);
    free(s);
}

static bool reserve(cvk_build_scratch *s, size_t count) {
    if (count <= s->capacity) return true;
    free(s->ranked);
    free(s->rows);
    free(s->products);
    free(s->alive);
    s->ranked = malloc(count * sizeof *s->ranked);
    s->rows = malloc(count * sizeof *s->rows);
    s->products = malloc(count * sizeof *s->products);
    s->alive = malloc(count * sizeof *s->alive);
    s->capacity = s->ranked && s->rows && s->products && s->alive ? count : 0;
    return s->capacity > 0;
}

static const int8_t *code_of(const cvk_build_space *space, uint32_t node) {
    return space->codes + node * space->dimensions;
}

static float distance(const cvk_build_space *space, uint32_t a, uint32_t b, int32_t product) {
    const cvk_build_factors *x = &space->factors[a], *y = &space->factors[b];
    float squared = x->square + y->square - 2 * (x->scale * y->scale * (float)product + x->extra * y->extra);
    return squared > 0 ? squared : 0;
}

static int ascending(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static float distance_of(uint64_t ranked) {
    uint32_t bits = (uint32_t)(ranked >> 32);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/// The candidates in order of distance, each once. Returns their number.
static size_t rank(const cvk_build_space *space, cvk_build_scratch *s, uint32_t node, const uint32_t *candidates,
                   size_t count) {
    size_t valid = 0, ranked = 0;
    for (size_t i = 0; i < count; i++) {
        if (candidates[i] == node || candidates[i] >= space->count) continue;
        s->alive[valid] = candidates[i];
        s->rows[valid++] = code_of(space, candidates[i]);
    }
    space->kernels->dot_s8(code_of(space, node), s->rows, valid, space->dimensions, s->products);
    for (size_t i = 0; i < valid; i++) {
        float squared = distance(space, node, s->alive[i], s->products[i]);
        uint32_t bits;
        memcpy(&bits, &squared, sizeof bits);
        s->ranked[i] = (uint64_t)bits << 32 | s->alive[i];
    }
    qsort(s->ranked, valid, sizeof *s->ranked, ascending);
    for (size_t i = 0; i < valid; i++)
        if (ranked == 0 || s->ranked[ranked - 1] != s->ranked[i]) s->ranked[ranked++] = s->ranked[i];
    return ranked;
}

cvk_status cvk_choose_links(const cvk_build_space *space, cvk_build_scratch *s, uint32_t node,
                            const uint32_t *candidates, size_t count, float alpha, uint32_t degree, uint32_t *links) {
    if (!reserve(s, count + 1)) return CVK_OUT_OF_MEMORY;
    uint32_t chosen = 0;
    size_t left = rank(space, s, node, candidates, count);
    // Each chosen one takes out of `ranked` those that lie behind it.
    while (left > 0 && chosen < degree) {
        uint32_t next = (uint32_t)s->ranked[0];
        links[chosen++] = next;
        left--;
        memmove(s->ranked, s->ranked + 1, left * sizeof *s->ranked);
        if (chosen == degree) break;
        for (size_t i = 0; i < left; i++) s->rows[i] = code_of(space, (uint32_t)s->ranked[i]);
        space->kernels->dot_s8(code_of(space, next), s->rows, left, space->dimensions, s->products);
        size_t kept = 0;
        for (size_t i = 0; i < left; i++) {
            uint64_t candidate = s->ranked[i];
            s->ranked[kept] = candidate;
            kept += !(alpha * distance(space, next, (uint32_t)candidate, s->products[i]) < distance_of(candidate));
        }
        left = kept;
    }
    for (uint32_t i = chosen; i < degree; i++) links[i] = CVK_NO_NODE;
    return CVK_OK;
}

void cvk_reverse_links(const uint32_t *links, uint32_t degree, uint32_t from, uint32_t to, uint32_t *reverse,
                       uint32_t *counts, uint32_t capacity) {
    for (uint32_t node = from; node < to; node++) {
        const uint32_t *list = links + (size_t)node * degree;
        for (uint32_t i = 0; i < degree && list[i] != CVK_NO_NODE; i++) {
            uint32_t place = __atomic_fetch_add(&counts[list[i]], 1, __ATOMIC_RELAXED);
            if (place < capacity) reverse[(size_t)list[i] * capacity + place] = node;
        }
    }
}
