import Crypto
import Glibc
import MissionCore
import Ports
import Spool
import Synchronization
import TestSupport
import Testing
import WorkerSource

@Suite(.timeLimit(.minutes(5)))
struct IngestTests {
  private let spool: SpoolFixture
  private let mission = SpoolFixture.mission(1)

  init() throws { spool = try SpoolFixture() }

  @Test(
    "the spool keeps exactly the bytes of data, from memory and from a file", arguments: [false, true])
  func exactBytes(isFile: Bool) throws {
    let data = #"[ {"id":"a", "price":1.10,"n":1e400,"t":"\u00e9\/é"} , {"id" : 2}]"#
    let answer = #" {"status":"completed", "ads_count": 2,"data": "# + data + #" ,"extra":{"data":[1]}}  "#
    let result = try spool.completed(isFile ? spool.ingestFile(answer) : spool.ingest(answer))
    #expect(result.size == Int64(data.utf8.count))
    #expect(result.adsCount == 2)
    #expect(result.sha256 == SHA256.hexDigest(of: data))
    #expect(result.mission == mission)
    #expect(result.isInMemory == !isFile)
    #expect(try result.withBytes { bytes, _ in Array(bytes) } == Array(data.utf8))
    let opened = try result.open()
    #expect(withExtendedLifetime(opened) { Array(opened.bytes) } == Array(data.utf8))
    #expect(try spool.found(result) == Array(data.utf8))
    #expect(spool.kept() == Array(data.utf8))
    #expect(File.mode(spool.resultPath(mission)) == 0o600)
    #expect(spool.folder.names(in: "spool") == ["\(mission).json"])
  }

  @Test(
    "a result without ads is []", arguments: [false, true],
    [
      #"{"status":"empty"}"#, #"{"status":"empty","data":null,"ads_count":0}"#,
      #"{"status":"empty","data":[]}"#,
      #"{"status":"completed"}"#, #"{"status":"completed","ads_count":0,"data":[]}"#,
      #"{"status":"completed","ads_count":null,"data":null}"#,
    ])
  func noAds(isFile: Bool, answer: String) throws {
    let result = try spool.completed(isFile ? spool.ingestFile(answer) : spool.ingest(answer))
    #expect(try spool.found(result) == Array("[]".utf8))
    #expect(spool.kept() == Array("[]".utf8))
    #expect(result.adsCount == 0)
    #expect(result.size == 2)
    #expect(result.sha256 == SHA256.hexDigest(of: "[]"))
    #expect(spool.folder.names(in: "spool") == ["\(mission).json"])
  }

  @Test(
    "a byte order mark before an answer is passed over and no part of the bytes", arguments: [false, true])
  func byteOrderMark(isFile: Bool) throws {
    let data = "[{\"id\":\"a\"},{\"id\":\"\u{FEFF}b\"}]"
    let answer = "\u{FEFF}" + #"{"status":"completed","data":"# + data + "}"
    let result = try spool.completed(isFile ? spool.ingestFile(answer) : spool.ingest(answer))
    #expect(result.sha256 == SHA256.hexDigest(of: data))
    #expect(spool.kept() == Array(data.utf8))
    #expect(
      try JobAnswerReader().content(of: Array("\u{FEFF}{\"status\":\"running\"}".utf8))
        == .look(.waiting(status: "running", isKnown: true)))
  }

  @Test("one anywhere else is refused", arguments: [false, true])
  func strayMark(isFile: Bool) {
    for odd in [
      "\u{FEFF}\u{FEFF}{\"status\":\"empty\"}", "\u{FEFF}", " \u{FEFF}{\"status\":\"empty\"}",
      "{\"status\":\"empty\"}\u{FEFF}",
    ] {
      #expect(spool.error(isFile ? spool.ingestFile(odd) : spool.ingest(odd)) != nil)
    }
  }

  @Test("of a repeated data member the last counts")
  func repeatedData() throws {
    let result = try spool.completed(
      spool.ingest(#"{"data":[1,2,3],"status":"completed","ads_count":1,"data":[{"n":9}]}"#))
    #expect(result.adsCount == 1)
    #expect(spool.kept() == Array(#"[{"n":9}]"#.utf8))
  }

  @Test(
    "a count that differs from the elements is told with both numbers", arguments: [false, true],
    [
      (#"{"status":"completed","ads_count":3,"data":[1,2]}"#, 3, 2),
      (#"{"status":"completed","ads_count":2}"#, 2, 0),
      (#"{"status":"empty","data":[1]}"#, 0, 1), (#"{"status":"completed","ads_count":-1,"data":[]}"#, -1, 0),
    ] as [(String, Int64, Int)])
  func mismatch(isFile: Bool, wrong: (String, Int64, Int)) throws {
    let error = spool.error(isFile ? spool.ingestFile(wrong.0) : spool.ingest(wrong.0))
    #expect(error == .countMismatch(told: wrong.1, found: wrong.2))
    #expect(error?.code == .jobFailed)
    #expect(error?.description.contains("\(wrong.1)") == true)
    #expect(spool.files.isEmpty)
    spool.store.close()
    #expect(spool.folder.names(in: "spool").isEmpty)
  }

  @Test(
    "what is not the answer asked for is refused and leaves nothing", arguments: [false, true],
    [
      "", "<html>\u{1B}[31mBad\u{202E} gateway</html>", #"{"status":"completed","data":[{"a":1}"#, "[1,2]",
      "{}",
      #"{"status":5}"#, #"{"status":"completed","data":{}}"#, #"{"status":"completed","data":"x"}"#,
      #"{"status":"completed","data":[],"ads_count":"0"}"#,
      #"{"status":"completed","data":[],"ads_count":1.5}"#,
      #"{"status":"completed","data":[1,2]}"#, #"{"status":"completed","data":[{"a":1},null]}"#,
      #"{"status":"completed","data":[[{}]],"ads_count":1}"#, #"{"status":"completed","data":[{},"x",{}]}"#,
      #"{"status":"completed","data":[01]}"#, #"{"status":"completed","data":[]} x"#,
      #"{"status":"completed","data":"# + String(repeating: "[", count: 512)
        + String(repeating: "]", count: 512) + "}",
    ])
  func refused(isFile: Bool, answer: String) throws {
    let error = try #require(spool.error(isFile ? spool.ingestFile(answer) : spool.ingest(answer)))
    #expect(error.code == .scrapeOther)
    #expect(error.severity == .permanent)
    #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
    #expect(error.description.count < 400)
    #expect(spool.files.isEmpty)
    spool.store.close()
    #expect(spool.folder.names(in: "spool").isEmpty)
  }

  @Test(
    "an element that is no object is told with its place, also behind a large result", arguments: [0, 9000])
  func oddElement(before: Int) throws {
    let data = "[" + String(repeating: #"{"id":"some id"},"#, count: before) + "{},\n 7, true]"
    let answer = #"{"data":\#(data),"status":"completed","others":[1]}"#
    for error in [spool.error(spool.ingest(answer)), spool.error(spool.ingestFile(answer))] {
      guard case .wrongShape(let what, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      let place = 8 + before * 17 + 6
      #expect(what == "data[\(before + 1)] at byte \(place) is not an object")
    }
  }

  @Test("bad UTF-8 inside data is refused")
  func badUTF8() throws {
    let answer = Array(#"{"status":"completed","data":[""#.utf8) + [0xC3, 0x28] + Array(#""]}"#.utf8)
    let error = try #require(spool.error(spool.ingest(.memory(answer), mission)))
    #expect(error.code == .scrapeOther)
    #expect(error.description.contains("invalid UTF-8"))
  }

  @Test("secrets in an excerpt are masked")
  func masked() throws {
    let spool = try SpoolFixture(masking: Redactor(secrets: [Secret("hunter2hunter2")]))
    let error = try #require(spool.error(spool.ingest("key hunter2hunter2 is wrong")))
    #expect(!error.description.contains("hunter2"))
    #expect(error.description.contains("***"))
  }

  @Test("an answer that is no result is passed on and leaves nothing", arguments: [false, true])
  func noResult(isFile: Bool) throws {
    let answer = isFile ? spool.ingestFile(#"{"status":"running"}"#) : spool.ingest(#"{"status":"running"}"#)
    guard case .look(.waiting("running", true)) = try answer.get() else {
      Issue.record("\(answer)")
      return
    }
    let ended =
      isFile
      ? spool.ingestFile(#"{"status":"failed","error":"no"}"#)
      : spool.ingest(#"{"status":"failed","error":"no"}"#)
    guard case .look(.failed(let words)) = try ended.get(), words == "\(ForeignWords.marked("no"))" else {
      Issue.record("\(ended)")
      return
    }
    #expect(spool.files.isEmpty)
    spool.store.close()
    #expect(spool.folder.names(in: "spool").isEmpty)
  }

  @Test("a result larger than the memory limit is read from its file, with pages given back on the way")
  func large() throws {
    let ad = #"{"id":"x","text":"\#(String(repeating: "é", count: 500))"}"#
    let data = "[" + Array(repeating: ad, count: 12_000).joined(separator: ",") + "]"
    let answer = #"{"ads_count":12000,"status":"completed","data":\#(data)}"#
    for isFile in [false, true] {
      let result = try spool.completed(isFile ? spool.ingestFile(answer) : spool.ingest(answer))
      #expect(!result.isInMemory)
      #expect(result.sha256 == SHA256.hexDigest(of: data))
      #expect(File.read(spool.resultPath(mission)) == Array(data.utf8))
      try result.withBytes { bytes, release in
        release(bytes.count / 2)
        release(bytes.count)
        // Released bytes can be read again, and a second pass releases again.
        #expect(bytes.elementsEqual(data.utf8))
        release(4 << 20)
      }
      #expect(spool.files == ["\(mission).json"])
    }
  }

  @Test(
    "a newer result replaces the older one, wherever the two lie",
    arguments: [[10, 20], [10, 300_000], [300_000, 10], [300_000, 400_000]], [false, true])
  func replaced(sizes: [Int], isReopened: Bool) throws {
    let spool = try SpoolFixture()
    let results = try sizes.map { try spool.store.ingested(text: String(repeating: "x", count: $0), mission) }
    // As after a kill: nothing was closed.
    let store = isReopened ? try SpoolStore(directory: spool.folder.path + "/spool") : spool.store
    #expect(try store.found(results[0]) == nil)
    #expect(try store.found(results[1])?.count == sizes[1] + SpoolStore.framing)
    store.close()
    #expect(File.read(spool.resultPath(mission))?.count == sizes[1] + SpoolStore.framing)
    #expect(spool.folder.names(in: "spool").filter { $0 != "marks.spool" } == ["\(mission).json"])
  }

  @Test("many missions at once are each answered once, with their own bytes")
  func many() throws {
    let gate = Gate()
    let answers = Mutex<[MissionID: Int]>([:])
    for number in 0..<300 {
      let answer = #"{"status":"completed","data":[{"n":\#(number)}]}"#
      spool.store.ingest(
        .memory(Array(answer.utf8)), mission: SpoolFixture.mission(UInt64(number)), as: spool.reader
      ) {
        reply in
        if case .success(.completed(let result)) = reply {
          answers.withLock { $0[result.mission, default: 0] += 1 }
        }
        gate.open()
      }
    }
    for _ in 0..<300 { gate.wait() }
    #expect(answers.withLock { $0.count == 300 && $0.values.allSatisfy { $0 == 1 } })
    spool.store.close()
    for number in 0..<300 {
      #expect(
        File.read(spool.resultPath(SpoolFixture.mission(UInt64(number))))
          == Array(#"[{"n":\#(number)}]"#.utf8))
    }
  }

  @Test("errors of the disk are the run's, not the mission's")
  func diskErrors() {
    let error = SpoolError.noSpace(path: "spool")
    #expect(error.severity == .fatalToRun(.cannotWrite))
    #expect(error.code == nil)
    #expect(SpoolError.inputOutput(operation: "fsync", path: "x", errno: EIO).isDiskFailure)
  }

  @Test("a link put in the place of a file of the spool is not followed", arguments: [0, 1, 2])
  func link(at place: Int) throws {
    let target = spool.folder.path + "/elsewhere"
    File.write([1, 2, 3], to: target)
    let name = ["marks.spool", "segment-1.spool", "\(mission).part"][place]
    #expect(symlink(target, "\(spool.folder.path)/spool/\(name)") == 0)
    let size = place == 2 ? 300_000 : 1
    #expect { try spool.store.ingested(text: String(repeating: "x", count: size), mission) } throws: {
      ($0 as? SpoolError)?.severity.exitCode != nil
    }
    #expect(File.read(target) == [1, 2, 3])
  }
}
