import Foundation
import Glibc

/// A certificate authority that nobody trusts but who is given its file: it issues the certificates of servers on
/// the loopback, good and bad ones. Made anew for each test with the `openssl` program; its folder goes away with
/// it, so keep it as long as its files are used.
public final class TestAuthority: Sendable {
  /// What is right or wrong with a certificate.
  public enum Condition: String, Sendable, CaseIterable {
    /// For `localhost`, `127.0.0.1` and `::1`, today.
    case valid
    /// For the same names, until the end of 2020.
    case expired
    /// For `elsewhere.example` alone, today.
    case otherHost
  }

  /// A server's certificate and its private key, both PEM and without a password. The key is readable by its
  /// owner alone, as PostgreSQL wants it.
  public struct Certificate: Sendable {
    public let certificateFile: String
    public let keyFile: String
    /// Both in one file, as some servers want them.
    public let combinedFile: String
  }

  /// Why `openssl` made no certificate: its own words.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  private let folder: String

  /// The authority's own certificate, PEM: what `ca_file` and `sslrootcert` name.
  public var certificateFile: String { folder + "/authority.pem" }
  private var keyFile: String { folder + "/authority.key" }

  public init(name: String = "Mission Control test authority") throws {
    var template = Array("/tmp/test-authority-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { mkdtemp($0.baseAddress!) != nil }
    guard made else { throw Failure(description: "no temporary folder: \(String(cString: strerror(errno)))") }
    folder = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    for (file, text) in [
      ("index.txt", ""), ("index.txt.attr", ""), ("openssl.cnf", Self.configuration(folder: folder)),
    ] { try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)")) }
    try Self.makeKey(keyFile)
    try Self.openssl(
      "req", "-x509", "-new", "-key", keyFile, "-out", certificateFile, "-days", "30", "-sha256",
      "-config", folder + "/openssl.cnf", "-extensions", "authority", "-subj", "/CN=\(name)")
  }

  // What cannot be removed is left to the system's cleaning of /tmp.
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// A new key with a certificate for it.
  public func issue(_ condition: Condition = .valid) throws -> Certificate {
    let name = "\(folder)/\(condition.rawValue)-\(UInt32.random(in: .min ... .max))"
    let certificate = Certificate(
      certificateFile: name + ".pem", keyFile: name + ".key", combinedFile: name + ".both.pem")
    try Self.makeKey(certificate.keyFile)
    let host = condition == .otherHost ? "elsewhere.example" : "localhost"
    try Self.openssl(
      "req", "-new", "-key", certificate.keyFile, "-out", name + ".csr", "-config", folder + "/openssl.cnf",
      "-subj", "/CN=\(host)")
    // `ca` and not `x509`, which in OpenSSL 3.0 cannot set a first and a last day.
    let days = condition == .expired ? ("20200101000000Z", "20201231000000Z") : (Self.day(-1), Self.day(30))
    try Self.openssl(
      "ca", "-batch", "-notext", "-config", folder + "/openssl.cnf", "-in", name + ".csr",
      "-out", certificate.certificateFile, "-startdate", days.0, "-enddate", days.1,
      "-extensions", condition == .otherHost ? "other_host" : "loopback")
    let parts = try [certificate.certificateFile, certificate.keyFile].map {
      try Data(contentsOf: URL(fileURLWithPath: $0))
    }
    try (parts[0] + parts[1]).write(to: URL(fileURLWithPath: certificate.combinedFile))
    chmod(certificate.combinedFile, 0o600)
    return certificate
  }

  private static func makeKey(_ path: String) throws {
    try openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)
    chmod(path, 0o600)
  }

  /// Some days from now, in the form that `openssl ca` takes.
  private static func day(_ days: Int) -> String {
    var time = Glibc.time(nil) + days * 86_400
    var parts = tm()
    gmtime_r(&time, &parts)
    var text = [CChar](repeating: 0, count: 16)
    strftime(&text, text.count, "%Y%m%d%H%M%SZ", &parts)
    return text.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  private static func openssl(_ arguments: String...) throws {
    let errors = NSTemporaryDirectory() + "openssl-\(UUID().uuidString)"
    defer { unlink(errors) }
    guard let process = ChildProcess("/usr/bin/openssl", arguments, errors: errors) else {
      throw Failure(description: "openssl is missing")
    }
    guard process.end() == 0 else {
      let text = try String(contentsOfFile: errors, encoding: .utf8)
      throw Failure(description: "openssl \(arguments[0]): \(text)")
    }
  }

  private static func configuration(folder: String) -> String {
    """
    [req]
    distinguished_name = name
    [name]
    [ca]
    default_ca = test
    [test]
    dir = \(folder)
    database = $dir/index.txt
    new_certs_dir = $dir
    rand_serial = yes
    unique_subject = no
    certificate = $dir/authority.pem
    private_key = $dir/authority.key
    default_md = sha256
    policy = any
    [any]
    commonName = supplied
    [authority]
    basicConstraints = critical, CA:true
    keyUsage = critical, keyCertSign, cRLSign
    subjectKeyIdentifier = hash
    [loopback]
    basicConstraints = CA:false
    extendedKeyUsage = serverAuth
    subjectAltName = DNS:localhost, IP:127.0.0.1, IP:::1
    [other_host]
    basicConstraints = CA:false
    extendedKeyUsage = serverAuth
    subjectAltName = DNS:elsewhere.example

    """
  }
}
