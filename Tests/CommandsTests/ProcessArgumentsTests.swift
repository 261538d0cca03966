import Testing

@testable import ProcessStart

@Suite("The arguments of the process", .timeLimit(.minutes(5)))
struct ProcessArgumentsTests {
  @Test(
    "are those after the program's name; without a name nothing can be told of what is wanted",
    arguments: [
      ([], nil), ([""], nil), (["mission-control"], []), (["mission-control", "--help"], ["--help"]),
      (["", "plan"], ["plan"]), (["mission-control", ""], [""]),
    ] as [([String], [String]?)])
  func withoutName(vector: [String], expected: [String]?) {
    #expect(ProcessArguments.without(name: vector) == expected)
  }

  @Test("are those that C's main was given")
  func own() {
    #expect(ProcessArguments.withoutName() == Array(CommandLine.arguments.dropFirst()))
  }
}
