/// What a program took from its start to its end.
struct Expense {
  var wallSeconds: Double
  /// User and system time of the process and its threads.
  var cpuSeconds: Double
  var peakBytes: Double
  /// Voluntary and other ones.
  var contextSwitches: Double
}
