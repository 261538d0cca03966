import Foundation

extension Installation {
  /// Missions of the simulator's jobs API, one a day, and of a program for the second half of the days.
  func useOtherSources(days: Int, hasPrograms: Bool) throws {
    environment["JOBS_TOKEN"] = "canary-worker-jobs"
    let programs = """
        shop:
          kind: command
          command: [sh, program.sh, "{date_start}"]
          result: {format: lines}
          keep: ["*.txt"]
          capacity: 2

      """
    let sections = "sources:\n" + HTTPSite.section(HTTPSite.whole, port: control.port)
    try configure("version: 1\n", "version: 1\n" + sections + (hasPrograms ? programs : ""))
    // More than stays in memory on the last day; else files to keep, and something that does not end by itself.
    try write(
      """
      [ "$1" = 2025-01-06 ] && { i=0; x=$(head -c 300 /dev/zero | tr '\\0' x)
        while [ $i -lt 1000 ]; do echo "{\\"id\\":$i,\\"x\\":\\"$x\\"}"; i=$((i+1)); done; exit 0; }
      setsid sleep 1000 &
      echo "of $1" > $MISSION_FOLDER/a.txt
      echo "more of $1" > $MISSION_FOLDER/b.txt
      echo "{\\"id\\":\\"$1\\"}"
      """, to: "program.sh")
    let first = hasPrograms ? days / 2 : days
    let rows = (0..<days).map {
      "\(Self.day($0)),\(Self.day($0)),\($0 < first ? "jobs" : "shop")\n"
    }
    try write("date_start,date_end,source\n" + rows.joined(), to: "missions/a.csv")
  }
}
