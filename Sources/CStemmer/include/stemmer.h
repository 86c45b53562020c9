#ifndef CLIPSEARCH_STEMMER_H
#define CLIPSEARCH_STEMMER_H

#include <stdint.h>

// A thin face of Snowball's libstemmer for UTF-8. One stemmer serves one thread at a time.
typedef struct cstemmer cstemmer;

// NULL if there is no algorithm of this name, or no memory.
cstemmer *cstemmer_new(const char *algorithm);
void cstemmer_delete(cstemmer *stemmer);

// The stem of a word; *length is its bytes. Valid until the next call. NULL if there is no memory.
const uint8_t *cstemmer_stem(cstemmer *stemmer, const uint8_t *word, int32_t bytes, int32_t *length);

#endif
