// The scratch space of one search of a sealed part.
#ifndef SEALED_CONTEXT_H
#define SEALED_CONTEXT_H

#include "sealed_internal.h"
#include "walk_internal.h"
#include "walk_pool.h"

/// The query, as sketches and codes are compared with it.
typedef struct {
    /// Four bits a component; plane j holds the bits of 2ʲ.
    uint64_t *planes;
    /// Eight bits a component, and 0 up to a multiple of 128.
    int8_t *bytes;
    /// Dimensions that there is room for.
    size_t capacity;
    /// ⟨query, signs⟩ is about the slope · the bits weighed by levels + the weight · the bits + the offset.
    float sketch_slope, ones_weight, sketch_offset;
    /// ⟨query, nibbles − 7.5⟩ is about the scale · (the product with bytes − the offset).
    float byte_scale, code_offset;
} sealed_query;

struct cvk_sealed_context {
    sealed_query query;
    /// How far below the worst candidate an estimate by the sketch must lie for its node to be passed over.
    float sketch_margin;
    /// How far below the k-th a key must lie to be left out of the answer.
    float answer_margin;

    seen_set seen;
    size_t visited;

    walk_pool pool;
    /// Of a scan: what is farther than the k-th by more than the margin is let go, from the second number on; 0 on a walk.
    size_t closing_k, closing_least;
    /// The margins while few are in doubt.
    float narrow_sketch, narrow_answer;
    /// Whether a scan may have let go of some of the k nearest, for want of room.
    bool in_doubt;

    /// Nodes under comparison.
    uint32_t *batch;
    const uint8_t **rows;
    int32_t *products;
    size_t batch_capacity;
};

/// What `sketch_margin` and `answer_margin` are, in deviations of the errors.
typedef struct {
    float sketch, answer;
} sealed_certainty;

/// Fills in a query that has room for `n` dimensions; returns its length.
float sealed_prepare_query(sealed_query *query, const float *components, size_t n);
/// Makes room for a search and for batches of `batch` nodes, and prepares the query. False when memory runs out.
bool sealed_prepare(cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                    pool_bounds bounds, size_t batch, sealed_certainty certainty);
/// Compares `count` nodes of the batch, and keeps those that are near enough.
void sealed_consider(cvk_sealed_context *c, const cvk_sealed_part *part, cvk_filter filter, size_t count);
/// Estimates by the sketch: keys of the batch's nodes `from..<from + count`, at most SEALED_GROUP.
void sealed_estimate(cvk_sealed_context *c, const cvk_sealed_part *part, size_t from, size_t count, float *keys);
/// Writes the pool's passing ordinals.
int64_t sealed_answer(const cvk_sealed_context *c, const cvk_sealed_part *part, const cvk_sealed_request *request,
                      size_t capacity, cvk_neighbour *out);

enum { SEALED_GROUP = 64 };

/// The node's first duplicate in `duplicates`.
uint32_t sealed_first_duplicate(const cvk_sealed_part *part, uint32_t node);

#endif
