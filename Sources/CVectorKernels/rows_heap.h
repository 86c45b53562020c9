// The best of many values, in a heap whose root is the worst of them.
#ifndef ROWS_HEAP_H
#define ROWS_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#include "cvk_graph.h"
#include "for_each_set.h"

/// Whether `a` is worse: it leaves the heap first.
INLINE bool is_worse(cvk_neighbour a, cvk_neighbour b) {
    return a.distance != b.distance ? a.distance > b.distance : a.node > b.node;
}

/// Puts `item` into the heap of `count`, from the root down; the worst stands at the root.
static inline void sink(cvk_neighbour *heap, size_t count, cvk_neighbour item) {
    size_t place = 0;
    for (size_t child; (child = 2 * place + 1) < count; place = child) {
        if (child + 1 < count && is_worse(heap[child + 1], heap[child])) child++;
        if (!is_worse(heap[child], item)) break;
        heap[place] = heap[child];
    }
    heap[place] = item;
}

static inline void rise(cvk_neighbour *heap, size_t place, cvk_neighbour item) {
    for (size_t parent; place > 0 && is_worse(item, heap[parent = (place - 1) / 2]); place = parent)
        heap[place] = heap[parent];
    heap[place] = item;
}

/// Keeps the `k` best in a heap; returns how many it holds.
INLINE size_t keep(cvk_neighbour *heap, size_t count, size_t k, cvk_neighbour item) {
    if (count < k) {
        rise(heap, count, item);
        return count + 1;
    }
    // Nearly all leave here.
    if (item.distance > heap[0].distance) return count;
    if (is_worse(heap[0], item)) sink(heap, k, item);
    return count;
}

static inline void sort(cvk_neighbour *heap, size_t count) {
    for (size_t end = count; end > 1; end--) {
        cvk_neighbour worst = heap[0];
        sink(heap, end - 1, heap[end - 1]);
        heap[end - 1] = worst;
    }
}

#endif
