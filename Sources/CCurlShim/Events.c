#define _GNU_SOURCE
#include "CCurlShim.h"

#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

int mc_poll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int mc_poll_watch(int poll, int descriptor, int what) {
  struct epoll_event event = {.events = 0, .data.fd = descriptor};
  if (what & CURL_POLL_IN) event.events |= EPOLLIN;
  if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
  if (what & MC_POLL_EDGE) event.events |= EPOLLET;
  // The kernel forgets a descriptor that was closed, and its number comes back: what it knows decides.
  if (epoll_ctl(poll, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  return errno == ENOENT ? epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) : -1;
}

int mc_poll_forget(int poll, int descriptor) {
  struct epoll_event event = {0};
  return epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, &event);
}

static int wait_for(int poll, struct epoll_event *ready, int limit, int64_t nanoseconds) {
  if (nanoseconds <= 0) return epoll_wait(poll, ready, limit, nanoseconds < 0 ? -1 : 0);
#ifdef SYS_epoll_pwait2
  // Kernels before 5.11 lack it, and some containers forbid it: then a wait is of whole milliseconds.
  static atomic_bool is_absent;
  if (!atomic_load_explicit(&is_absent, memory_order_relaxed)) {
    struct { int64_t seconds, nanoseconds; } limit_time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    int count = syscall(SYS_epoll_pwait2, poll, ready, limit, &limit_time, NULL, (size_t)0);
    if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return count;
    atomic_store_explicit(&is_absent, true, memory_order_relaxed);
  }
#endif
  int64_t milliseconds = nanoseconds / 1000000 + (nanoseconds % 1000000 != 0);
  return epoll_wait(poll, ready, limit, milliseconds < INT_MAX ? (int)milliseconds : INT_MAX);
}

int mc_poll_wait(int poll, mc_event *events, int capacity, int64_t nanoseconds) {
  struct epoll_event ready[128];
  int limit = capacity < 128 ? capacity : 128;
  int count = wait_for(poll, ready, limit, nanoseconds);
  for (int index = 0; index < count; index++) {
    int readiness = 0;
    if (ready[index].events & EPOLLIN) readiness |= CURL_CSELECT_IN;
    if (ready[index].events & EPOLLOUT) readiness |= CURL_CSELECT_OUT;
    if (ready[index].events & (EPOLLERR | EPOLLHUP)) readiness |= CURL_CSELECT_ERR;
    events[index] = (mc_event){.descriptor = ready[index].data.fd, .readiness = readiness};
  }
  return count;
}

int mc_wakeup_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

void mc_wakeup_signal(int descriptor) {
  uint64_t one = 1;
  // Fails only when the counter is full, which takes 2^64 wakes.
  if (write(descriptor, &one, sizeof one) < 0) return;
}
