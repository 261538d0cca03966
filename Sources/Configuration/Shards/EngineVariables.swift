import MissionCore

/// What engines that start the same program several times say to each in its environment (TRUST 4); pure.
package enum EngineVariables {
  /// Nobody says which part this is; the sentence lists what was looked for.
  package struct Refusal: Error, Hashable, Sendable {
    package let message: Message
  }

  private struct Engine {
    let name: String
    let variables: [String]
    /// Of the variables' values, in their order; nil for values that do not fit together.
    let shard: @Sendable ([Int]) -> (index: Int, count: Int)?
  }

  private static let engines = [
    Engine(name: "Kubernetes", variables: ["JOB_COMPLETION_INDEX", "JOB_COMPLETIONS"]) { ($0[0], $0[1]) },
    Engine(
      name: "Slurm",
      variables: [
        "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_STEP",
      ]
    ) { values in
      let (place, step) = (values[0] - values[2], values[3])
      return step > 0 && place % step == 0 ? (place / step, values[1]) : nil
    },
    Engine(
      name: "AWS Batch", variables: ["AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE"]
    ) { ($0[0], $0[1]) },
    Engine(name: "PBS", variables: ["PBS_ARRAY_INDEX", "PBS_ARRAY_COUNT"]) { ($0[0], $0[1]) },
  ]

  /// The part that the first engine names whose variables are all there.
  package static func shard(in environment: [String: String]) throws(Refusal) -> Shard {
    for engine in engines {
      let texts = engine.variables.compactMap { name in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
      guard texts.count == engine.variables.count else { continue }
      let values = texts.compactMap(number)
      guard values.count == texts.count, let (index, count) = engine.shard(values),
        (0..<count).contains(index)
      else {
        let found = zip(engine.variables, texts).map { "\($0)=\($1.prefix(40))" }.joined(separator: " ")
        throw Refusal(
          message:
            "--shard auto: \(found) is no part of a whole: the index must be from 0 to the count less 1, "
            + "and an array's ids equally far apart; start the whole array, or write --shard I/N")
      }
      return Shard(index: index, count: count, isOfEngine: true)
    }
    let looked = engines.map { Self.looked(for: $0, environment) }.joined(separator: "; ")
    throw Refusal(
      message:
        "--shard auto: no engine says which part this is; looked for \(looked); set what is missing, or write "
        + "--shard I/N")
  }

  /// Its variables, and the values of those that are set.
  private static func looked(for engine: Engine, _ environment: [String: String]) -> String {
    let variables = engine.variables.map { name in
      environment[name].flatMap { $0.isEmpty ? nil : "\(name)=\($0.prefix(40))" } ?? name
    }
    return "\(variables.joined(separator: " ")) (\(engine.name))"
  }

  /// Digits alone; nothing that could be a part has more than nine.
  private static func number(_ text: String) -> Int? {
    text.utf8.allSatisfy { (48...57).contains($0) } && text.utf8.count <= 9 ? Int(text) : nil
  }
}
