// Pieces of building a sealed part's graph; VectorIndex puts them together.
#ifndef CVK_BUILD_H
#define CVK_BUILD_H

#include "cvk_codes.h"
#include "cvk_sealed.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// The positions of the `k` greatest of `keys`, greatest first, but for position `except`. Returns their number.
size_t cvk_select_greatest(const float *keys, size_t count, size_t except, size_t k, uint32_t *out);

/// What a distance between two nodes needs beside their bytes.
typedef struct {
    float scale;
    /// A component more than the bytes have: it makes vectors of unequal length comparable by distance where only their
    /// products count.
    float extra;
    /// The squared length, the extra component's included.
    float square;
} cvk_build_factors;

/// The vectors that a graph is built over, in signed bytes. Distances are squared and euclidean.
typedef struct {
    const cvk_code_kernels *kernels;
    size_t dimensions;
    uint32_t count;
    /// `[count, dimensions]`
    const int8_t *codes;
    /// `[count]`
    const cvk_build_factors *factors;
} cvk_build_space;

typedef struct cvk_build_scratch cvk_build_scratch;
cvk_build_scratch *_Nullable cvk_build_scratch_create(void);
void cvk_build_scratch_destroy(cvk_build_scratch *scratch);

/// Chooses at most `degree` of the candidates as links of `node`, nearest first: one is passed over if `alpha` times its
/// distance to a chosen one is less than that to the node (Subramanya and others' DiskANN, 2019). Candidates may
/// come twice, and may be the node. Unused links become CVK_NO_NODE.
cvk_status cvk_choose_links(const cvk_build_space *space, cvk_build_scratch *scratch, uint32_t node,
                            const uint32_t *candidates, size_t count, float alpha, uint32_t degree, uint32_t *links);

/// Adds node `from...to` to the lists of those that they link to. A list takes `capacity` at most; `counts` goes on counting.
void cvk_reverse_links(const uint32_t *links, uint32_t degree, uint32_t from, uint32_t to, uint32_t *reverse,
                       uint32_t *counts, uint32_t capacity);

/// Sees to it that every node can be reached from the entries: by a link from one of its neighbours, or where none
/// of those is reached, as an entry of its own, while `entries` has room; that is for `capacity`, 1 at least. Returns their
/// number then, or a cvk_status below 0.
int64_t cvk_connect(cvk_sealed_layout layout, uint8_t *records, uint32_t count, uint32_t *entries, size_t entry_count,
                    size_t capacity);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
