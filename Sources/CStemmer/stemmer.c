#include "stemmer.h"

#include <libstemmer.h>
#include <stddef.h>

cstemmer *cstemmer_new(const char *algorithm) { return (cstemmer *)sb_stemmer_new(algorithm, "UTF_8"); }

void cstemmer_delete(cstemmer *stemmer) { sb_stemmer_delete((struct sb_stemmer *)stemmer); }

const uint8_t *cstemmer_stem(cstemmer *stemmer, const uint8_t *word, int32_t bytes, int32_t *length) {
    struct sb_stemmer *snowball = (struct sb_stemmer *)stemmer;
    const sb_symbol *stem = sb_stemmer_stem(snowball, word, bytes);
    *length = stem == NULL ? 0 : sb_stemmer_length(snowball);
    return stem;
}
