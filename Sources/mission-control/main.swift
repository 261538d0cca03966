import CommandLineInterface
import Glibc

// The arguments without the program's name. All output is flushed; exit handlers would pull OpenSSL away from under
// threads that are still in a transfer which the run did not wait for.
_exit(MissionControlMain.run(arguments: Array(CommandLine.arguments.dropFirst())))
