import Commands
import Glibc

// All output is flushed; exit handlers would pull OpenSSL away from under threads that are still in a transfer which
// the run did not wait for.
_exit(MissionControlMain.runProcess())
