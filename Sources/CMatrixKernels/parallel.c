#define _GNU_SOURCE
#include "parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

#include "CMatrixKernels.h"

int cm_cores(void) {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

// One pool for the process. The caller works too and waits only for threads that have begun: a thread that the system
// does not let run in time, on a busy machine, delays nobody. Idle threads look for work for a moment, because the next
// call is usually some microseconds away, and then sleep.

typedef struct job {
    void (*body)(const void *, ptrdiff_t);
    const void *context;
    ptrdiff_t tasks;
    atomic_ptrdiff_t next;
    int limit, joined;  // threads, the caller included; guarded by `lock`
    atomic_int active;  // threads at work besides the caller; changed under `lock`
    int awaited;        // guarded by `lock`
    struct job *following;
} job;

enum { SPINS = 4000, MAXIMUM_THREADS = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t posted = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static job *jobs;
static atomic_uint generation;
static int sleeping, workers;

static inline void relax(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void work(job *shared) {
    for (;;) {
        ptrdiff_t task = atomic_fetch_add_explicit(&shared->next, 1, memory_order_relaxed);
        if (task >= shared->tasks) return;
        shared->body(shared->context, task);
    }
}

static job *job_to_join(void) {
    for (job *candidate = jobs; candidate; candidate = candidate->following)
        if (candidate->joined < candidate->limit
            && atomic_load_explicit(&candidate->next, memory_order_relaxed) < candidate->tasks)
            return candidate;
    return NULL;
}

static void *worker_main(void *unused) {
    (void)unused;
    pthread_mutex_lock(&lock);
    for (;;) {
        job *mine = job_to_join();
        if (mine) {
            mine->joined++;
            atomic_fetch_add(&mine->active, 1);
            pthread_mutex_unlock(&lock);
            work(mine);
            pthread_mutex_lock(&lock);
            if (atomic_fetch_sub(&mine->active, 1) == 1 && mine->awaited) pthread_cond_broadcast(&finished);
            continue;
        }
        unsigned seen = atomic_load(&generation);
        pthread_mutex_unlock(&lock);
        for (int i = 0; i < SPINS && atomic_load_explicit(&generation, memory_order_relaxed) == seen; i++) relax();
        pthread_mutex_lock(&lock);
        while (atomic_load(&generation) == seen) {
            sleeping++;
            pthread_cond_wait(&posted, &lock);
            sleeping--;
        }
    }
    return NULL;
}

// With `lock` held. Signals are for the program's own threads; where no thread can be had, the caller works alone.
static void hire(int wanted) {
    if (workers >= wanted) return;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (workers < wanted) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, worker_main, NULL) != 0) break;
        pthread_detach(thread);
        workers++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void cm_parallel(
    int threads, ptrdiff_t tasks, void (*body)(const void *, ptrdiff_t), const void *context) {
    if (threads > tasks) threads = (int)tasks;
    if (threads > MAXIMUM_THREADS) threads = MAXIMUM_THREADS;
    job mine = {.body = body, .context = context, .tasks = tasks, .limit = threads, .joined = 1};
    if (threads <= 1) return work(&mine);

    pthread_mutex_lock(&lock);
    hire(threads - 1);
    mine.following = jobs;
    jobs = &mine;
    atomic_fetch_add(&generation, 1);
    if (sleeping > 0) pthread_cond_broadcast(&posted);
    pthread_mutex_unlock(&lock);

    work(&mine);
    for (int i = 0; i < SPINS && atomic_load_explicit(&mine.active, memory_order_relaxed) > 0; i++) relax();

    pthread_mutex_lock(&lock);
    job **place = &jobs;
    while (*place != &mine) place = &(*place)->following;
    *place = mine.following;
    mine.awaited = 1;
    while (atomic_load(&mine.active) > 0) pthread_cond_wait(&finished, &lock);
    pthread_mutex_unlock(&lock);
}
