#define _GNU_SOURCE
#include "CMappings.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// As many results are read at the same time at the very most; a handler looks through them in microseconds.
enum { PLACES = 4096 };

static struct {
  // 0: free, 1: being filled.
  _Atomic uintptr_t start;
  _Atomic size_t length;
  atomic_bool damaged;
} places[PLACES];

static struct sigaction before;
static uintptr_t page_size;

// Calls only what a handler may: mmap is one system call.
static void on_fault(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  uintptr_t address = (uintptr_t)info->si_addr;
  for (int place = 0; place < PLACES; place++) {
    uintptr_t start = atomic_load(&places[place].start);
    if (start < 2 || address < start || address - start >= atomic_load(&places[place].length)) continue;
    void *page = (void *)(address & ~(page_size - 1));
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    if (mmap(page, page_size, PROT_READ | PROT_WRITE, flags, -1, 0) == MAP_FAILED) break;
    atomic_store(&places[place].damaged, 1);
    return;
  }
  // Nobody's: the access is repeated and ends as it would have without us.
  sigaction(SIGBUS, &before, NULL);
}

static void install(void) {
  static atomic_int state;  // 0: not yet, 1: being done, 2: done
  int none = 0;
  if (atomic_compare_exchange_strong(&state, &none, 1)) {
    page_size = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, &before);
    atomic_store(&state, 2);
  }
  while (atomic_load(&state) != 2) {}
}

int mappings_watch(const void *start, size_t length) {
  install();
  for (int place = 0; place < PLACES; place++) {
    uintptr_t free = 0;
    if (!atomic_compare_exchange_strong(&places[place].start, &free, 1)) continue;
    atomic_store(&places[place].length, length);
    atomic_store(&places[place].damaged, 0);
    atomic_store(&places[place].start, (uintptr_t)start);
    return place;
  }
  return -1;
}

void mappings_forget(int place) {
  if (place >= 0) atomic_store(&places[place].start, 0);
}

int mappings_is_damaged(int place) { return place >= 0 && atomic_load(&places[place].damaged); }
