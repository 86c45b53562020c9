// The HNSW graph (Malkov and Yashunin, arXiv 1603.09320): links and codes in memory. It compares codes alone.
//
// Concurrency: any number of cvk_graph_candidates and cvk_graph_insert run at once; searches take no
// lock and are never blocked. cvk_graph_remove and the restoring calls need that no insert runs beside them.
#ifndef CVK_GRAPH_H
#define CVK_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cvk_codes.h"
#include "cvk_distance.h"

#ifdef __cplusplus
extern "C" {
#endif
#pragma clang assume_nonnull begin

/// Nodes are ordinals below this.
#define CVK_MAXIMUM_NODES 0x40000000u
#define CVK_NO_NODE UINT32_MAX
/// No node has a level above this.
#define CVK_MAXIMUM_LEVEL 15

typedef struct cvk_graph cvk_graph;
typedef struct cvk_context cvk_context;

/// The vectors themselves, as bytes in the caller's mapping: by these, and not by their codes, two are known to be
/// identical.
typedef struct {
    const uint8_t *bytes;
    /// Bytes from one vector to the next, and bytes of one.
    size_t stride, length;
    /// Those at and above this are not mapped.
    uint32_t count;
} cvk_raw_vectors;

typedef struct {
    float distance;
    uint32_t node;
} cvk_neighbour;

/// The nodes that may be returned: bit `node % 64` of word `node / 64`; beyond the words, none.
typedef struct {
    const uint64_t *_Nullable words;
    size_t word_count;
} cvk_filter;

typedef enum {
    CVK_OK = 0,
    CVK_OUT_OF_MEMORY = -1,
    /// More nodes than the budget allows would have to be visited.
    CVK_BUDGET_EXHAUSTED = -2,
} cvk_status;

typedef struct {
    /// Nodes in the graph, duplicates included.
    uint32_t members;
    /// Members that are identical to another and hang from it instead of being linked.
    uint32_t duplicates;
    /// One more than the greatest node that was ever a member.
    uint32_t end;
    /// Neighbour lists above level 0.
    uint32_t upper_lists;
    uint32_t entry;
    uint32_t entry_level;
} cvk_graph_facts;

/// An empty graph. `m` 0: no links and no codes, membership only.
cvk_graph *_Nullable cvk_graph_create(uint32_t m, uint32_t ef_construction, cvk_code_space space);
void cvk_graph_destroy(cvk_graph *graph);

cvk_graph_facts cvk_graph_get_facts(const cvk_graph *graph);
bool cvk_graph_contains(const cvk_graph *graph, uint32_t node);

/// Copies the bits of the graph's members below `limit` into `out`, which has a word for every 64 of them.
void cvk_graph_members(const cvk_graph *graph, uint32_t limit, uint64_t *out);

/// Scratch space for one search or insertion at a time; grows to what is needed and is reused.
cvk_context *_Nullable cvk_context_create(void);
void cvk_context_destroy(cvk_context *context);
/// Vectors that the last call with this context compared.
size_t cvk_context_visited(const cvk_context *context);

/// Links `node`, whose vector is in place and has these `components`. A node that is a member already is left alone.
cvk_status cvk_graph_insert(cvk_graph *graph, const cvk_raw_vectors *raw, cvk_context *context,
                            uint32_t node, const float *components);

/// What a query asks for.
typedef struct {
    const float *components;
    /// Candidates that pass the filter and are kept; not below `k` and `least`.
    size_t ef;
    /// Candidates kept with those that do not pass, if `enough` do; and at most.
    size_t most, enough, limit;
    /// Without words, all pass.
    cvk_filter filter;
    /// So many are in the answer at least, and as many more as may be nearer than the k-th code says.
    size_t k, least;
    /// More nodes than that are not compared.
    size_t visit_budget;
} cvk_graph_request;

/// Members that pass, among which the `k` nearest vectors are, by a best-first walk; nearest codes first. `out` has room for
/// `ef`. Returns their number or a cvk_status below 0.
int64_t cvk_graph_candidates(const cvk_graph *graph, cvk_context *context, const cvk_graph_request *request,
                             uint32_t *out);

/// Compares the code of every member that passes, and keeps those that may be among the `k` nearest, `least` at least and `ef` at
/// most; nearest codes first. The other bounds are not heeded.
int64_t cvk_graph_scan(const cvk_graph *graph, cvk_context *context, const cvk_graph_request *request, uint32_t *out);
/// Whether the last call was a scan that more nodes than `ef` may be the answer to, by the errors of codes.
bool cvk_context_in_doubt(const cvk_context *context);

/// Takes the members among `dead` out of the graph, and joins their neighbours to one another in their stead.
cvk_status cvk_graph_remove(cvk_graph *graph, cvk_context *context, cvk_filter dead);

/// Bytes in memory for each node: its code and factors, level-0 links, and bookkeeping.
size_t cvk_graph_node_bytes(const cvk_graph *graph);

// Serialisation: level by level, list by list. A list has cvk_graph_capacity entries at most.

/// Links that a list of `level` can hold: 2 m at level 0, m above.
uint32_t cvk_graph_capacity(const cvk_graph *graph, uint32_t level);
/// The level of `node`: a function of the node and m alone, with P(level >= l) = m^-l.
uint32_t cvk_graph_level(const cvk_graph *graph, uint32_t node);
/// Copies the links of a linked node; returns their number.
uint32_t cvk_graph_get_links(const cvk_graph *graph, uint32_t node, uint32_t level, uint32_t *out);
/// Whether the node is linked: a member that does not hang from an identical one, or one that was removed and stays for those
/// that hang from it.
bool cvk_graph_is_linked(const cvk_graph *graph, uint32_t node);
/// The next of the nodes identical to `node`, or CVK_NO_NODE.
uint32_t cvk_graph_next_duplicate(const cvk_graph *graph, uint32_t node);

/// Makes `node` a member, or linked, or both. All nodes first, then lists and duplicates.
cvk_status cvk_graph_restore_node(cvk_graph *graph, uint32_t node, bool is_member, bool is_linked);
/// The code of a node that was restored. Any number of threads, each with nodes of its own.
void cvk_graph_restore_code(cvk_graph *graph, uint32_t node, const float *components);
/// False, with nothing changed, if the list is not one that the graph could have written.
bool cvk_graph_restore_links(cvk_graph *graph, uint32_t node, uint32_t level, const uint32_t *links, uint32_t count);
bool cvk_graph_restore_duplicate(cvk_graph *graph, uint32_t node, uint32_t next);
void cvk_graph_restore_entry(cvk_graph *graph, uint32_t node);

#pragma clang assume_nonnull end
#ifdef __cplusplus
}
#endif
#endif
