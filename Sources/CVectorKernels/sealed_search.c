#include <string.h>

#include "sealed_context.h"

/// Nodes whose links are followed at once: memory answers many questions in the time of one.
enum { EXPANSIONS = 3 };
/// Entries that a walk begins with: the nearest by their sketches.
enum { STARTS = 8 };

/// How sure it must be that a node is too far away. For a walk, greater ones cost speed, and bring no recall: it comes to what
/// it passed over by other ways, maybe. A scan does not, and widens its own where many are as near as one another.
static const sealed_certainty WALK_CERTAINTY = {.sketch = 1.1f, .answer = 3.2f};
static const sealed_certainty SCAN_CERTAINTY = {.sketch = 1.5f, .answer = 3.2f};

/// Moves the nodes that were not seen before from `nodes` to `unseen`, and asks for their sketches. Returns their number.
static size_t mark_seen(cvk_sealed_context *c, const cvk_sealed_part *part, const uint32_t *nodes, size_t count,
                        uint32_t *restrict unseen) {
    // Of its own, so that it stays in registers.
    seen_set seen = c->seen;
    const uint32_t end = part->count;
    const uint8_t *sketches = part->sketches;
    const size_t stride = part->layout.sketch_stride;
    size_t fresh = 0;
    for (size_t i = 0; i < count && nodes[i] < end; i++) {
        uint32_t node = nodes[i];
        fetch_line(sketches + node * stride);
        unseen[fresh] = node;
        fresh += seen_add(&seen, node);
    }
    c->seen = seen;
    return fresh;
}

/// Puts the unseen neighbours of the nearest candidates into the batch.
static size_t expand(cvk_sealed_context *c, const cvk_sealed_part *part, bool *done) {
    uint32_t nodes[EXPANSIONS];
    size_t expanded = pool_expand(&c->pool, EXPANSIONS, nodes), count = 0;
    for (size_t i = 0; i < expanded; i++) {
        const uint32_t *links = (const uint32_t *)(record_of(part, nodes[i]) + 64 * part->layout.blocks);
        count += mark_seen(c, part, links, part->layout.degree, c->batch + count);
    }
    *done = expanded == 0;
    return count;
}

/// The nearest entries, by their sketches.
static size_t choose_starts(cvk_sealed_context *c, const cvk_sealed_part *part) {
    float best[STARTS];
    uint32_t nodes[STARTS];
    size_t count = 0;
    for (uint32_t start = 0; start < part->entry_count; start += SEALED_GROUP) {
        float keys[SEALED_GROUP];
        uint32_t group = part->entry_count - start < SEALED_GROUP ? part->entry_count - start : SEALED_GROUP;
        memcpy(c->batch, part->entries + start, group * sizeof *c->batch);
        sealed_estimate(c, part, 0, group, keys);
        c->visited += group;
        for (uint32_t i = 0; i < group; i++) {
            if (count == STARTS && !(keys[i] > best[STARTS - 1])) continue;
            size_t place = count < STARTS ? count++ : STARTS - 1;
            for (; place > 0 && best[place - 1] < keys[i]; place--) {
                best[place] = best[place - 1];
                nodes[place] = nodes[place - 1];
            }
            best[place] = keys[i];
            nodes[place] = c->batch[i];
        }
    }
    return mark_seen(c, part, nodes, count, c->batch);
}

int64_t cvk_sealed_search(const cvk_sealed_part *part, cvk_sealed_context *c, const cvk_sealed_request *request,
                          size_t capacity, cvk_neighbour *out) {
    if (request->ef == 0 || part->count == 0) return 0;
    pool_bounds bounds = {
        .passing = request->ef, .most = request->most, .enough = request->enough,
        .limit = request->limit > request->ef ? request->limit : request->ef};
    size_t batch = EXPANSIONS * (size_t)part->layout.degree + 1;
    if (!sealed_prepare(c, part, request, bounds, batch < SEALED_GROUP ? SEALED_GROUP : batch, WALK_CERTAINTY))
        return CVK_OUT_OF_MEMORY;
    size_t count = choose_starts(c, part);
    for (bool done = false; !done; count = expand(c, part, &done))
        if (count > 0) sealed_consider(c, part, request->filter, count);
    seen_forget(&c->seen);
    return sealed_answer(c, part, request, capacity, out);
}

/// Adds a node to the batch. Of two groups that are under way, the first is compared when the second is there: its sketches
/// have come by then.
static void add(cvk_sealed_context *c, const cvk_sealed_part *part, cvk_filter filter, uint32_t node, size_t *pending) {
    c->batch[(*pending)++] = node;
    fetch_line(sketch_of(part, node));
    if (*pending < 2 * SEALED_GROUP) return;
    sealed_consider(c, part, filter, SEALED_GROUP);
    memcpy(c->batch, c->batch + SEALED_GROUP, SEALED_GROUP * sizeof *c->batch);
    *pending = SEALED_GROUP;
}

int64_t cvk_sealed_scan(const cvk_sealed_part *part, cvk_sealed_context *c, const cvk_sealed_request *request,
                        size_t capacity, cvk_neighbour *out) {
    if (request->ef == 0 || part->count == 0) return 0;
    if (!sealed_prepare(c, part, request, pool_of(request->ef), 2 * SEALED_GROUP, SCAN_CERTAINTY))
        return CVK_OUT_OF_MEMORY;
    c->narrow_sketch = c->sketch_margin;
    c->narrow_answer = c->answer_margin;
    c->closing_k = request->k < request->ef ? request->k : request->ef;
    c->closing_least = request->least > c->closing_k ? request->least : c->closing_k;
    if (c->closing_least > request->ef) c->closing_least = request->ef;
    cvk_filter filter = request->filter;
    size_t pending = 0;
    for (size_t w = 0; w < part->word_count; w++) {
        uint64_t members = part->members[w], word = members;
        if (filter.words != NULL) word &= w < filter.word_count ? filter.words[w] : 0;
        for (; word != 0; word &= word - 1) {
            uint64_t before = (word & -word) - 1;
            add(c, part, filter, part->ranks[w] + (uint32_t)__builtin_popcountll(members & before), &pending);
        }
    }
    // Nodes that pass through a duplicate only.
    uint32_t last = CVK_NO_NODE;
    for (uint32_t d = 0; filter.words != NULL && d < part->duplicate_count; d++) {
        uint32_t node = part->duplicates[d].node;
        if (node == last || filter_passes(filter, part->ordinals[node] & ~CVK_HAS_DUPLICATES)
            || !filter_passes(filter, part->duplicates[d].ordinal))
            continue;
        last = node;
        add(c, part, filter, node, &pending);
    }
    if (pending > 0) sealed_consider(c, part, filter, pending);
    c->in_doubt = c->pool.count == request->ef && c->visited > request->ef;
    return sealed_answer(c, part, request, capacity, out);
}
