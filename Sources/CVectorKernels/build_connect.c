#include <stdlib.h>

#include "cvk_build.h"

typedef struct {
    cvk_sealed_layout layout;
    uint8_t *records;
    uint32_t count;
    uint64_t *reached;
    uint32_t *waiting;
} web;

static uint32_t *links_of(const web *w, uint32_t node) {
    return (uint32_t *)(w->records + node * w->layout.record_stride + 64 * w->layout.blocks);
}

static bool is_reached(const web *w, uint32_t node) { return w->reached[node >> 6] >> (node & 63) & 1; }

/// Marks all that can be reached from `start`.
static void reach(web *w, uint32_t start) {
    if (is_reached(w, start)) return;
    size_t waiting = 0;
    w->reached[start >> 6] |= (uint64_t)1 << (start & 63);
    w->waiting[waiting++] = start;
    while (waiting > 0) {
        const uint32_t *links = links_of(w, w->waiting[--waiting]);
        for (uint32_t i = 0; i < w->layout.degree && links[i] < w->count; i++) {
            if (is_reached(w, links[i])) continue;
            w->reached[links[i] >> 6] |= (uint64_t)1 << (links[i] & 63);
            w->waiting[waiting++] = links[i];
        }
    }
}

/// The place of `link` in a list, or the first that is free, or else the last.
static uint32_t place_for(const web *w, const uint32_t *list, uint32_t link) {
    uint32_t place = 0;
    while (place + 1 < w->layout.degree && list[place] != CVK_NO_NODE && list[place] != link) place++;
    return place;
}

/// Has a reached neighbour of `node` that has room link to it.
static bool attach(const web *w, uint32_t node) {
    const uint32_t *links = links_of(w, node);
    for (uint32_t i = 0; i < w->layout.degree && links[i] < w->count; i++) {
        if (!is_reached(w, links[i])) continue;
        uint32_t *back = links_of(w, links[i]), place = place_for(w, back, node);
        if (back[place] != CVK_NO_NODE) continue;
        back[place] = node;
        return true;
    }
    return false;
}

/// Has a reached node link to `node`, which takes over the link that it replaces: maybe nothing else leads there.
static void insert_between(const web *w, uint32_t reached, uint32_t node) {
    uint32_t *from = links_of(w, reached), *own = links_of(w, node);
    uint32_t place = place_for(w, from, node), replaced = from[place];
    from[place] = node;
    if (replaced != CVK_NO_NODE) own[place_for(w, own, replaced)] = replaced;
}

/// A neighbour that is reached, or CVK_NO_NODE; not the same one for all.
static uint32_t reached_neighbour(const web *w, uint32_t node) {
    const uint32_t *links = links_of(w, node);
    uint32_t count = 0, found = CVK_NO_NODE;
    while (count < w->layout.degree && links[count] < w->count) count++;
    for (uint32_t i = 0; i < count && found == CVK_NO_NODE; i++) {
        uint32_t link = links[(node + i) % count];
        if (is_reached(w, link)) found = link;
    }
    return found;
}

int64_t cvk_connect(cvk_sealed_layout layout, uint8_t *records, uint32_t count, uint32_t *entries, size_t entry_count,
                    size_t capacity) {
    web w = {
        .layout = layout,
        .records = records,
        .count = count,
        .reached = calloc((size_t)count / 64 + 1, sizeof(uint64_t)),
        .waiting = malloc(((size_t)count + 1) * sizeof(uint32_t)),
    };
    if (w.reached != NULL && w.waiting != NULL) {
        for (size_t i = 0; i < entry_count; i++) reach(&w, entries[i]);
        for (uint32_t node = 0; node < count; node++) {
            if (is_reached(&w, node)) continue;
            if (!attach(&w, node)) {
                uint32_t reached = reached_neighbour(&w, node);
                if (reached != CVK_NO_NODE) {
                    insert_between(&w, reached, node);
                } else if (entry_count < capacity) {
                    entries[entry_count++] = node;
                } else if (entry_count > 0) {
                    // All nodes before it are reached.
                    insert_between(&w, node > 0 ? node - 1 : entries[0], node);
                }
            }
            reach(&w, node);
        }
    }
    bool done = w.reached != NULL && w.waiting != NULL;
    free(w.reached);
    free(w.waiting);
    return done ? (int64_t)entry_count : CVK_OUT_OF_MEMORY;
}
