import Crypto
import Glibc

/// One request to the store between its head and its body's end; hashes the body and writes it down.
final class StoreExchange: BodyReceiver {
  let facts: RequestFacts
  let fault: Fault?
  /// What the signature says the body's SHA-256 is; nil when signatures are not checked.
  let claimedHash: String?
  /// Where an object's body is written; nil for requests whose body means nothing.
  private(set) var upload: String?
  private(set) var count = 0
  private(set) var failure: StoreError?
  private var sha = SHA256()
  private var md5 = MD5()
  private var descriptor: Int32 = -1

  init(_ facts: RequestFacts, fault: Fault?, claimedHash: String?, upload: String? = nil) {
    self.facts = facts
    self.fault = fault
    self.claimedHash = claimedHash
    self.upload = upload
    guard let upload else { return }
    descriptor = open(upload, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 { fail() }
  }

  deinit { discard() }

  func receive(_ bytes: UnsafeRawBufferPointer) {
    guard failure == nil else { return }
    count += bytes.count
    sha.update(bytes)
    guard descriptor >= 0 else { return }
    md5.update(bytes)
    var at = 0
    while at < bytes.count {
      let written = write(descriptor, bytes.baseAddress! + at, bytes.count - at)
      if written < 0, errno != EINTR { return fail() }
      at += max(0, written)
    }
  }

  func abandon() { discard() }

  /// Whether the body is the one that was signed.
  func checkHash() throws(StoreError) {
    if let failure { throw failure }
    guard let claimedHash else { return }
    let computed = sha.finalizeHex()
    guard computed == claimedHash else {
      throw StoreError(
        "XAmzContentSHA256Mismatch",
        details: ["ClientComputedContentSHA256": claimedHash, "S3ComputedContentSHA256": computed])
    }
  }

  func md5Digest() -> [UInt8] { md5.finalize() }

  /// Ends the writing; the caller moves the file away.
  func takeUpload() -> String? {
    if descriptor >= 0 { close(descriptor) }
    descriptor = -1
    defer { upload = nil }
    return upload
  }

  private func discard() {
    if let left = takeUpload() { unlink(left) }
  }

  private func fail() {
    failure = StoreError("InternalError", "The upload cannot be written: \(SimulatorError.text(errno))")
  }
}
