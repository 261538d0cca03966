#include "CCurlShim.h"

#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

int mc_poll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int mc_poll_watch(int poll, int descriptor, int what) {
  struct epoll_event event = {.events = 0, .data.fd = descriptor};
  if (what & CURL_POLL_IN) event.events |= EPOLLIN;
  if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
  // The kernel forgets a descriptor that was closed, and its number comes back: what it knows decides.
  if (epoll_ctl(poll, EPOLL_CTL_MOD, descriptor, &event) == 0) return 0;
  return errno == ENOENT ? epoll_ctl(poll, EPOLL_CTL_ADD, descriptor, &event) : -1;
}

int mc_poll_forget(int poll, int descriptor) {
  struct epoll_event event = {0};
  return epoll_ctl(poll, EPOLL_CTL_DEL, descriptor, &event);
}

int mc_poll_wait(int poll, mc_event *events, int capacity, int timeout_ms) {
  struct epoll_event ready[128];
  int limit = capacity < 128 ? capacity : 128;
  int count = epoll_wait(poll, ready, limit, timeout_ms);
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
  // Fails only when the counter is full, and then the descriptor is readable anyway.
  if (write(descriptor, &one, sizeof one) < 0) return;
}

void mc_wakeup_clear(int descriptor) {
  uint64_t count;
  // Fails only when nothing was signalled.
  if (read(descriptor, &count, sizeof count) < 0) return;
}
