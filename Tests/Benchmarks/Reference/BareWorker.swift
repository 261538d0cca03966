import MissionCore

/// The requests to one worker, as text.
struct BareWorker {
  let url: String
  let number: Int

  init(_ services: String, number: Int) {
    url = "\(services)/worker-\(number)"
    self.number = number
  }

  var fields: [String] { ["X-API-Key: demo-key-\(number)", "Content-Type: application/json"] }

  /// Opens a session, which is ready at once.
  func openSession(_ loop: BareLoop) throws(BenchmarkFailure) {
    let transfer = try BareTransfer(fields: fields)
    transfer.send(#"{"force_refresh":true,"proxy":null}"#, to: "\(url)/session")
    loop.finish(transfer)
  }

  static func scrape(_ parameters: MissionParameters) -> String {
    let range = #"{"start":"\#(parameters.dateStart)","end":"\#(parameters.dateEnd)"}"#
    let filters =
      #""date_range":\#(range),"format":"\#(parameters.mediaTypeText)","sort_by":"qtd_ads","languages":["\#(parameters.languages[0])"]"#
    return #"{"filters":{\#(filters)},"options":{"max_ads":"all","batch_size":150}}"#
  }

  /// The job's id in the answer to `POST /scrape`.
  static func jobID(_ answer: [UInt8]) throws(BenchmarkFailure) -> String {
    let parts = String(decoding: answer, as: UTF8.self).split(separator: "\"")
    guard parts.count >= 4, parts[1] == "job_id" else { throw BenchmarkFailure("no job_id in an answer") }
    return String(parts[3])
  }
}
