#ifndef C_PROCESS_START_H
#define C_PROCESS_START_H

// The arguments as `main` gets them.
int mc_argument_count(void);
char *const *mc_arguments(void);

#endif
