// Sealed parts: an immutable graph whose nodes carry two codes of their vector, and the walk over it.
//
// Vectors are centred and turned at random before they are coded (Gao and Long's RaBitQ, arXiv 2405.12497):
// - the sketch, one bit a dimension, says of most neighbours that they are too far away. Sketches lie close together,
//   so that the cache holds many.
// - the record, four bits a dimension and the node's links, is read for the few that remain.
// What a walk finds is estimated; the caller compares the best of it exactly.
#ifndef CVK_SEALED_H
#define CVK_SEALED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cvk_graph.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// The query as sketches are compared with it: four bits a component, in planes.
#define CVK_SKETCH_PLANES 4

#define CVK_ROTATION_ROUNDS 4

/// The kernels of one instruction set. Whole numbers, so every set gives the same.
typedef struct {
    /// out[i] = Σⱼ 2ʲ · |rows[i] ∧ planeⱼ|, for rows of `words` words; plane j begins at planes[j * words].
    void (*weigh_bits)(const uint64_t *planes, const uint8_t *_Nonnull const *_Nonnull rows, size_t count,
                       size_t words, int32_t *out);
    /// out[i] = Σ u·q over `blocks` blocks of 128 dimensions. Byte d of a block's 64 holds dimension d in its low half and
    /// d + 64 in its high one; `query` is in order.
    void (*dot_nibbles)(const int8_t *query, const uint8_t *_Nonnull const *_Nonnull rows, size_t count,
                        size_t blocks, int32_t *out);
    /// Turns `x` in place: in each round a change of signs (`[rounds, dimensions]` of 1 and -1), a Hadamard transform of the
    /// first or last dimensions, and, unless those are all, a mixing of halves. Additions in fixed order: the same on
    /// every set.
    void (*rotate)(const float *signs, size_t dimensions, float *x);
} cvk_sealed_kernels;

/// The kernels of `set`, or NULL where this build or this CPU lacks it.
const cvk_sealed_kernels *_Nullable cvk_sealed_kernels_of(cvk_instruction_set set);

/// The widest that this CPU has, not above `cvk_best_instruction_set`.
const cvk_sealed_kernels *cvk_best_sealed_kernels(void);

/// What a part's rows look like: the first three say it, the others follow from them.
typedef struct {
    uint32_t dimensions;
    /// Links of a node at most. A list that is shorter ends with CVK_NO_NODE.
    uint32_t degree;
    /// Whether records hold four-bit codes. Without, estimates come from sketches alone.
    bool has_codes;
    /// Words of a sketch's bits, and blocks of a code's halves.
    size_t words, blocks;
    /// Bytes from one row to the next. A sketch is its bits and its factors, a record its code and its links.
    size_t sketch_stride, record_stride;
} cvk_sealed_layout;

cvk_sealed_layout cvk_sealed_layout_of(uint32_t dimensions, uint32_t degree, bool has_codes);

/// A vector identical to `node`'s.
typedef struct {
    uint32_t node;
    uint32_t ordinal;
} cvk_duplicate;

/// In `ordinals`: the node stands for others too, which `duplicates` lists.
#define CVK_HAS_DUPLICATES 0x80000000u

typedef struct {
    const cvk_sealed_kernels *kernels;
    cvk_sealed_layout layout;
    uint32_t count;
    /// `[count]` rows.
    const uint8_t *sketches, *records;
    /// `[count]`, ascending but for CVK_HAS_DUPLICATES.
    const uint32_t *ordinals;
    /// The ordinals as a set: bit `o % 64` of word `o / 64`; and the nodes before each word.
    const uint64_t *members;
    const uint32_t *ranks;
    size_t word_count;
    /// Ascending by node.
    const cvk_duplicate *duplicates;
    uint32_t duplicate_count;
    /// Nodes where walks begin.
    const uint32_t *entries;
    uint32_t entry_count;
    /// Standard deviations of the estimates' errors, for a query of length 1.
    float sketch_error, code_error;
} cvk_sealed_part;

/// Writes the sketch and the code of a vector that was centred and rotated.
///
/// `halved_square`: half its squared length under the euclidean metric, else 0. Links are left alone.
void cvk_sealed_encode(cvk_sealed_layout layout, const float *rotated, float halved_square, uint8_t *sketch,
                       uint8_t *record);

/// Scratch space for one search at a time; grows to what is needed and is reused.
typedef struct cvk_sealed_context cvk_sealed_context;
cvk_sealed_context *_Nullable cvk_sealed_context_create(void);
void cvk_sealed_context_destroy(cvk_sealed_context *context);
/// Nodes whose sketches the last call compared.
size_t cvk_sealed_context_visited(const cvk_sealed_context *context);
/// Whether the last call was a scan that more nodes than `ef` may be the answer to, by the errors of estimates.
bool cvk_sealed_context_in_doubt(const cvk_sealed_context *context);

/// What a query asks for. Keys are greater for nearer: ⟨query, x⟩, less half of x's squared length if euclidean.
typedef struct {
    /// As the part's vectors: rotated, and centred if euclidean.
    const float *query;
    /// Candidates that pass the filter and are kept.
    size_t ef;
    /// Candidates kept with those that do not pass, if `enough` do; and at most.
    size_t most, enough, limit;
    /// Without words, all pass.
    cvk_filter filter;
    /// Left out of the answer is what, by the errors of estimates, is hardly among the `k` nearest; not of the first `least`.
    size_t k, least;
} cvk_sealed_request;

/// Walks the graph: writes at most `capacity` neighbours that pass, nearest first, with distances of −key and ordinals as
/// nodes; of identical ones `k` at most. Returns their number or a cvk_status below 0.
int64_t cvk_sealed_search(const cvk_sealed_part *part, cvk_sealed_context *context, const cvk_sealed_request *request,
                          size_t capacity, cvk_neighbour *out);

/// Compares every node that passes, and answers as cvk_sealed_search does; all that is kept passes. Of the `ef` nodes no more are
/// kept than may be among the `k` nearest, so a large `ef` costs nothing where those are few.
int64_t cvk_sealed_scan(const cvk_sealed_part *part, cvk_sealed_context *context, const cvk_sealed_request *request,
                        size_t capacity, cvk_neighbour *out);

/// Keys of given nodes as the walk estimates them. Without codes, `by_codes` is left alone.
cvk_status cvk_sealed_estimate(const cvk_sealed_part *part, cvk_sealed_context *context, const float *query,
                               const uint32_t *nodes, size_t count, float *by_sketches, float *by_codes);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
