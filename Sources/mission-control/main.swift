import CommandLineInterface
import Glibc

// The arguments without the program's name.
exit(MissionControlMain.run(arguments: Array(CommandLine.arguments.dropFirst())))
