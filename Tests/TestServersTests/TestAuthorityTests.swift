import Foundation
import TestServers
import Testing

/// The test authority's certificates, looked at with `openssl verify`.
@Suite(.timeLimit(.minutes(5))) struct TestAuthorityTests {
  private func verify(_ certificate: String, _ options: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = ["verify", "-purpose", "sslserver"] + options + [certificate]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  @Test(
    "each certificate is good or bad for exactly its own reason",
    arguments: [
      (TestAuthority.Condition.valid, ": OK"), (.expired, "certificate has expired"),
      (.otherHost, "hostname mismatch"),
    ])
  func conditions(_ condition: TestAuthority.Condition, _ words: String) throws {
    let authority = try TestAuthority()
    let certificate = try authority.issue(condition)
    let options = ["-CAfile", authority.certificateFile, "-verify_hostname", "localhost"]
    let answer = try verify(certificate.certificateFile, options)
    #expect(answer.lowercased().contains(words.lowercased()), "\(answer)")
  }

  @Test("nobody who was not given the authority's file trusts it, and its folder goes away with it")
  func unknown() throws {
    var authority: TestAuthority? = try TestAuthority()
    let certificate = try #require(authority).issue()
    let other = try TestAuthority()
    #expect(
      try verify(certificate.certificateFile, ["-CAfile", other.certificateFile]).contains("unable to get"))
    authority = nil
    #expect(!FileManager.default.fileExists(atPath: certificate.certificateFile))
  }
}
