import Glibc
import Simulator

exit(SimulatorProgram.run(arguments: Array(CommandLine.arguments.dropFirst())))
