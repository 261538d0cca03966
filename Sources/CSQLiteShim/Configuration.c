#include "CSQLiteShim.h"

#include <sqlite3.h>

void mc_sqlite_configure(void) {
  // Counting costs a lock that all connections share, with every allocation; nobody asks for the counts.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
