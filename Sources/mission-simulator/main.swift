import Glibc
import Simulator

exit(SimulatorProgram.runProcess())
