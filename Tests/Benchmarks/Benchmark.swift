/// The benchmarks in the order in which they run.
enum BenchmarkName: String, CaseIterable {
  case missions, costs, large, plan, start, status, waiting, http, programs, formats, windows, uploads,
    loading

  func benchmark(_ laboratory: Laboratory) -> any Benchmark {
    switch self {
    case .missions: return MissionsBenchmark(laboratory: laboratory)
    case .costs: return CostsBenchmark(laboratory: laboratory)
    case .large: return LargeResultBenchmark(laboratory: laboratory)
    case .plan: return PlanBenchmark(laboratory: laboratory)
    case .status: return StatusBenchmark(laboratory: laboratory)
    case .start: return FirstRequestBenchmark(laboratory: laboratory)
    case .waiting: return WaitingBenchmark(laboratory: laboratory)
    case .http: return HTTPSourceBenchmark(laboratory: laboratory)
    case .programs: return ProgramsBenchmark(laboratory: laboratory)
    case .formats: return FormatsBenchmark(laboratory: laboratory)
    case .windows: return WindowsBenchmark(laboratory: laboratory)
    case .uploads: return UploadsBenchmark(laboratory: laboratory)
    case .loading: return LoadingBenchmark(laboratory: laboratory)
    }
  }
}

/// One subject that is measured.
protocol Benchmark {
  /// Measures; throws when a program failed or did not do all of its work.
  func figures() throws -> [Figure]
}
