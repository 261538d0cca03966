#include "CProcessStart.h"

#include <sys/epoll.h>

int mc_watch_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int mc_watch_add(int watch, int descriptor, uint64_t key) {
  struct epoll_event event = {.events = EPOLLIN, .data.u64 = key};
  return epoll_ctl(watch, EPOLL_CTL_ADD, descriptor, &event);
}

int mc_watch_wait(int watch, uint64_t *keys, int capacity, int timeout_ms) {
  struct epoll_event ready[64];
  int limit = capacity < 64 ? capacity : 64;
  int count = epoll_wait(watch, ready, limit, timeout_ms);
  for (int index = 0; index < count; index++) keys[index] = ready[index].data.u64;
  return count;
}
