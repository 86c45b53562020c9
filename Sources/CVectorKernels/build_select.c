#include "cvk_build.h"

enum { BLOCK = 16 };

size_t cvk_select_greatest(const float *keys, size_t count, size_t except, size_t k, uint32_t *out) {
    size_t found = 0;
    float least = -__builtin_inff();
    for (size_t start = 0; start < count && k > 0; start += BLOCK) {
        size_t end = count - start < BLOCK ? count : start + BLOCK;
        if (found == k && end == start + BLOCK) {
            int any = 0;
            for (size_t i = 0; i < BLOCK; i++) any |= keys[start + i] > least;
            if (!any) continue;
        }
        for (size_t i = start; i < end; i++) {
            if (i == except || (found == k && !(keys[i] > least))) continue;
            size_t place = found < k ? found++ : k - 1;
            for (; place > 0 && keys[out[place - 1]] < keys[i]; place--) out[place] = out[place - 1];
            out[place] = (uint32_t)i;
            least = keys[out[found - 1]];
        }
    }
    return found;
}
