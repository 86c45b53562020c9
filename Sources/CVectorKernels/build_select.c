#include "cvk_build.h"
#include "for_each_set.h"

enum { BLOCK = 32 };

/// Puts a position into its place among the `found` greatest. Returns their number.
static inline size_t place_among(const float *keys, uint32_t position, size_t found, size_t k, uint32_t *out) {
    size_t place = found < k ? found++ : k - 1;
    for (; place > 0 && keys[out[place - 1]] < keys[position]; place--) out[place] = out[place - 1];
    out[place] = position;
    return found;
}

FOR_EACH_SET size_t cvk_select_greatest(const float *keys, size_t count, size_t except, size_t k, uint32_t *out) {
    size_t found = 0;
    float least = -__builtin_inff();
    for (size_t start = 0; start < count && k > 0; start += BLOCK) {
        size_t end = count - start < BLOCK ? count : start + BLOCK;
        if (end == start + BLOCK) {
            // Most blocks hold nothing that is near.
            int any = 0;
            for (size_t i = 0; i < BLOCK; i++) any |= keys[start + i] > least;
            if (!any) continue;
        }
        for (size_t i = start; i < end; i++) {
            if (!(keys[i] > least) || i == except) continue;
            found = place_among(keys, (uint32_t)i, found, k, out);
            if (found == k) least = keys[out[k - 1]];
        }
    }
    return found;
}
