import Crypto
import Glibc

/// One large result: downloaded to a file, its rows inserted in one transaction, its audit object laid out into
/// another file and sent.
enum BareLargeResult {
  static func run(_ arguments: ReferenceArguments) throws(BenchmarkFailure) {
    let folder = try arguments.text("folder") + "/state"
    let store = try arguments.text("store")
    try TextFile.makeFolder(folder)
    let loop = try BareLoop()
    let worker = BareWorker(try arguments.text("workers"), number: 1)
    let parameters = BenchmarkMission.parameters(0)
    let mission = BenchmarkMission.id(parameters).description
    let resultPath = "\(folder)/result.json"
    let auditPath = "\(folder)/audit.json"

    try worker.openSession(loop)
    let post = try BareTransfer(fields: worker.fields)
    post.send(BareWorker.scrape(parameters), to: "\(worker.url)/scrape")
    loop.finish(post)
    try withFile(resultPath, "w") { (file) throws(BenchmarkFailure) in
      let get = try BareTransfer(fields: worker.fields)
      get.get("\(worker.url)/scrape/\(try BareWorker.jobID(post.body))")
      get.file = file
      loop.finish(get)
    }

    try withBytes(resultPath) { (bytes) throws(BenchmarkFailure) in
      let json = BareJSON(bytes: bytes)
      let data = try json.data()
      let destination = try BareDestination("\(folder)/ads.sqlite")
      try destination.database.execute("BEGIN IMMEDIATE")
      _ = try destination.insert(json, data, mission, parameters)
      try destination.database.execute("COMMIT")
      try withFile(auditPath, "w") { (file) throws(BenchmarkFailure) in
        BareLayout(file: file).layOut(json, data)
      }
    }

    var payload = ""
    var size = 0
    try withBytes(auditPath) { (bytes) throws(BenchmarkFailure) in
      payload = SHA256.hexDigest(of: bytes)
      size = bytes.count
    }
    let path = "/mission-audit/scrapes/\(parameters.dateStart)/\(mission).json"
    var signer = BareSigner(host: String(store.dropFirst("http://".utf8.count)))
    let put = try BareTransfer(fields: signer.fields(path: path, payload: payload))
    try withFile(auditPath, "r") { (file) throws(BenchmarkFailure) in
      put.upload(file, bytes: size, to: store + path)
      loop.finish(put)
    }
  }

  private static func withFile(
    _ path: String, _ mode: String, _ body: (UnsafeMutablePointer<FILE>) throws(BenchmarkFailure) -> Void
  ) throws(BenchmarkFailure) {
    guard let file = fopen(path, mode) else { throw .system(path) }
    try body(file)
    guard ferror(file) == 0, fclose(file) == 0 else { throw .system(path) }
  }

  /// The file's bytes, mapped.
  private static func withBytes(
    _ path: String, _ body: (UnsafeRawBufferPointer) throws(BenchmarkFailure) -> Void
  ) throws(BenchmarkFailure) {
    let file = open(path, O_RDONLY)
    var status = stat()
    guard file >= 0, fstat(file, &status) == 0 else { throw .system(path) }
    defer { close(file) }
    let size = Int(status.st_size)
    guard let start = mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw .system(path)
    }
    defer { munmap(start, size) }
    try body(UnsafeRawBufferPointer(start: start, count: size))
  }
}
