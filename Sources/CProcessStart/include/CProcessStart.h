#ifndef C_PROCESS_START_H
#define C_PROCESS_START_H

#include <stdint.h>
#include <sys/types.h>

// The arguments as `main` gets them.
int mc_argument_count(void);
char *const *mc_arguments(void);

// Starts a program in a session and process group of its own, in `directory`, with exactly these arguments and
// variables: an empty standard input, `output` and `error` as the other two, no other descriptor, no signal blocked or
// ignored. 0, or the errno of what failed.
int mc_spawn(pid_t *process, const char *path, char *const *arguments, char *const *environment,
             const char *directory, int output, int error);

// A pipe that no program inherits by itself; -1 with errno.
int mc_pipe(int ends[2]);

// A descriptor that becomes readable when the process ends; -1 with errno.
int mc_process_descriptor(pid_t process);
// Sends a signal to the process that the descriptor is of, and to no other that got its number; -1 with errno.
int mc_process_signal(int descriptor, int signal);

// From now on processes whose parents end become children of this one, wherever they were started below it; -1 with
// errno.
int mc_adopt_orphans(void);

// Many descriptors that are waited for together, at the same price whatever their number; -1 with errno.
int mc_watch_create(void);
// Until the descriptor is closed, `mc_watch_wait` tells its key whenever it can be read or has ended; -1 with errno.
int mc_watch_add(int watch, int descriptor, uint64_t key);
// How many keys were written, at most `capacity`; -1 with errno. A time-out below 0 is none.
int mc_watch_wait(int watch, uint64_t *keys, int capacity, int timeout_ms);

#endif
