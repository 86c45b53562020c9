#include "scratch.h"

#include <pthread.h>

#include "CMatrixKernels.h"

// A pthread key, unlike a thread-local variable, has a destructor.
typedef struct {
    size_t bytes;
    uint64_t tag;
    _Alignas(64) char memory[];
} buffer;

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_key(void) { pthread_key_create(&key, cm_release); }

void *cm_scratch(size_t bytes, uint64_t tag, bool *kept) {
    pthread_once(&once, make_key);
    buffer *held = pthread_getspecific(key);
    *kept = held && tag && held->tag == tag;
    if (!held || held->bytes < bytes) {
        if (bytes > SIZE_MAX - sizeof *held) return NULL;
        buffer *grown = cm_allocate(sizeof *grown + bytes);
        if (!grown) return NULL;
        cm_release(held);
        held = grown;
        held->bytes = bytes;
        pthread_setspecific(key, held);
    }
    held->tag = tag;
    return held->memory;
}
