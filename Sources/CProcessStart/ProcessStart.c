#include "CProcessStart.h"

// Swift's own `CommandLine` looks for the arguments afterwards: below the environment, which a library may have moved
// away, or in /proc, which may not be there. glibc hands what `main` gets to constructors as well; SwiftPM gives
// Swift's programs a `main` of its own, which passes nothing on.
static int count;
static char *const *arguments;

__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  arguments = argv;
}

int mc_argument_count(void) { return count; }

char *const *mc_arguments(void) { return arguments; }
