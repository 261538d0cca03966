import CommandLine
import MissionCore
import Testing

@testable import Commands

/// Reads command lines as Mission Control does.
enum Reading {
  static let today = CalendarDay("2026-01-31")!

  static func request(
    _ words: [String], today: CalendarDay = today
  ) throws(UsageError) -> Request<CommonOptions, CommandContext> {
    try ArgumentParser(MissionControl.program, today: today).parse(words)
  }

  static func invocation(
    _ words: [String], today: CalendarDay = today
  ) throws -> Invocation<CommonOptions, CommandContext> {
    guard case .command(let invocation) = try request(words, today: today) else { throw NoCommand() }
    return invocation
  }

  static func invocation(_ line: String) throws -> Invocation<CommonOptions, CommandContext> {
    try invocation(line.split(separator: " ").map(String.init))
  }

  /// The options of a line for this command; a line for another one fails.
  static func options<C: MissionCommand>(_ line: String, of: C.Type) throws -> C.Options {
    let invocation = try invocation(line)
    #expect(invocation.command == C.spec.name)
    return try #require(invocation.options as? C.Options)
  }

  /// Why a line is refused; nil when it is not.
  static func refusal(_ line: String) -> String? {
    do throws(UsageError) {
      _ = try request(line.split(separator: " ").map(String.init))
      return nil
    } catch { return error.message.plain }
  }

  struct NoCommand: Error {}
}
