import Configuration
import Testing

@Suite(.timeLimit(.minutes(5))) struct InterpolationTests {
  private func prefix(_ text: String, _ environment: [String: String] = [:]) throws -> String {
    var fixture = Fixture(Fixture.minimal + "  prefix: \(text)\n")
    fixture.environment = environment
    return try fixture.load().storageS3.prefix
  }

  @Test("variables are filled in anywhere in a text")
  func filling() throws {
    let environment = ["A": "one", "B_2": "two", "EMPTY": ""]
    #expect(try prefix("${A}", environment) == "one")
    #expect(try prefix("x-${A}-${B_2}-y", environment) == "x-one-two-y")
    #expect(try prefix("'${A}'", environment) == "one")
    #expect(try prefix("${NONE:-dflt}", environment) == "dflt")
    #expect(try prefix("${EMPTY:-dflt}", environment) == "dflt")
    #expect(try prefix("${A:-dflt}", environment) == "one")
    #expect(try prefix("${A:-}b", environment) == "oneb")
    #expect(try prefix("${NONE:-a:-b}", environment) == "a:-b")
  }

  @Test("$${ is a plain ${, and a dollar alone is itself")
  func escapes() throws {
    #expect(try prefix("'$${A}'", ["A": "one"]) == "${A}")
    #expect(try prefix("a$b$", ["b": "x"]) == "a$b$")
    #expect(try prefix("$$x") == "$$x")
  }

  @Test("what is filled in is not read again as YAML or as variables")
  func literal() throws {
    #expect(try prefix("${A}", ["A": "[x, ${B}]"]) == "[x, ${B}]")
  }

  @Test("numbers and flags may come from variables, also inside quotes")
  func typed() throws {
    var fixture = Fixture(adding: "execution: {max_retries: \"${N}\", auto_retry: \"${F:-false}\"}")
    fixture.environment = ["N": "7"]
    #expect(try fixture.load().execution.maxRetries == 7)
    #expect(try fixture.load().execution.autoRetry == false)
  }

  @Test("a text that is empty once filled in counts as absent")
  func emptyIsAbsent() throws {
    var fixture = Fixture(adding: "execution: {max_retries: \"${N:-}\"}")
    #expect(try fixture.load().execution.maxRetries == 2)
    fixture = Fixture(adding: "proxies: [{server: 'p:1', username: \"${U:-}\", password: \"${P:-}\"}]")
    #expect(try fixture.load().proxies?[0].username == nil)
    #expect(try fixture.load().proxies?[0].password == nil)
  }

  @Test("a missing variable is named at its place, and no value is shown")
  func missing() {
    var fixture = Fixture(Fixture.minimal.replacing("key-of-worker-1", with: "pre-${WORKER_KEY}"))
    fixture.environment = ["OTHER": "hidden-value"]
    #expect(
      fixture.problems() == [
        "4:14: the environment variable WORKER_KEY is not set; set it or write ${WORKER_KEY:-default}"
      ])
  }

  @Test("every missing variable of a text is named")
  func missingTwo() {
    let problems = Fixture(Fixture.minimal + "  prefix: ${A}/${B}/${C:-c}\n").problems()
    #expect(problems.count == 2)
    #expect(problems.first?.has("variable A is") == true)
    #expect(problems.last?.has("variable B is") == true)
  }

  @Test(
    "a malformed variable is an error, never text",
    arguments: ["'${A'", "'${}'", "'${1A}'", "'${A-b}'", "'${A:b}'", "'${A b}'", "'${A:-${B}}'", "'${é}'"])
  func malformed(_ text: String) {
    #expect(
      Fixture(Fixture.minimal + "  prefix: \(text)\n").problems() == [
        "11:11: a variable is written ${NAME} or ${NAME:-default}, and $${ for a plain ${"
      ])
  }
}
