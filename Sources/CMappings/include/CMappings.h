#ifndef CMAPPINGS_H
#define CMAPPINGS_H

#include <stddef.h>

// Files that are mapped and watched: where a page of one cannot be read, because the file was cut short or its disk fails,
// it reads as zeros and the mapping counts as damaged, instead of SIGBUS ending the process.

/// A place for the mapping of `length` bytes from `start` on; -1 when all places are taken, and it is not watched.
int mappings_watch(const void *start, size_t length);
/// Before it is unmapped.
void mappings_forget(int place);
int mappings_is_damaged(int place);

#endif
