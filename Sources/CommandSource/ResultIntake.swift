import Formats
import MissionCore
import Ports

/// Makes the spool's array of what a program hands over, on its standard output or in files, while it comes.
final class ResultIntake {
  private let format: ResultFormat
  private let limit: Int64
  private let redactor: Redactor
  private let sink: ResultSink
  private var conversion: Conversion?
  private let isConverted: Bool
  /// Where its bytes come from, for errors.
  private var place: Message
  /// Bytes as the program wrote them.
  private var size: Int64 = 0
  /// What is wrong with the bytes. The program goes on: how it ends may say more.
  private(set) var refusal: SourceFailure?

  /// - Parameters:
  ///   - limit: bytes of the whole result at the most.
  ///   - partPath: where a large one is put.
  ///   - joinsDocuments: it is in several files.
  init(
    _ format: ResultFormat, limit: Int64, partPath: String, place: Message, joinsDocuments: Bool = false,
    redactor: Redactor
  ) {
    self.format = format
    self.limit = limit
    self.place = place
    self.redactor = redactor
    let sink = ResultSink(path: partPath)
    self.sink = sink
    conversion = Conversion(format, joinsDocuments: joinsDocuments, take: { sink.take($0) })
    isConverted = conversion != nil
  }

  /// Why the program has to be ended: its result is too large, or our disk does not take it.
  private(set) var breaking: SourceFailure?

  /// The next bytes.
  func take(_ bytes: UnsafeRawBufferPointer) {
    guard refusal == nil, breaking == nil, !bytes.isEmpty else { return }
    size += Int64(bytes.count)
    guard size <= limit else {
      breaking = SourceFailure(
        .tooLarge, "\(place) is larger than execution.max_result_size allows, \(limit) bytes")
      return sink.discard()
    }
    guard isConverted else {
      if !sink.take(bytes) { breaking = sink.failure }
      return
    }
    do throws(ConversionFailure) { try conversion?.push(bytes) } catch { fail(error) }
  }

  /// Another file of the same result begins.
  func beginFile(_ name: String) {
    place = "\(name)"
    guard refusal == nil, breaking == nil else { return }
    do throws(ConversionFailure) { try conversion?.beginFile() } catch { fail(error) }
  }

  /// What the spool is given, and how it reads it; nothing may be taken afterwards.
  func finish() -> Result<(ReceivedAnswer, DocumentReader), SourceFailure> {
    if breaking == nil, refusal == nil, isConverted {
      do throws(ConversionFailure) { try conversion?.finish() } catch { fail(error) }
    }
    if let wrong = breaking ?? refusal {
      sink.discard()
      return .failure(wrong)
    }
    guard let answer = sink.finish() else {
      return .failure(sink.failure ?? SourceFailure(.unusable, "the result could not be kept"))
    }
    return .success((answer, reader))
  }

  func discard() { sink.discard() }

  private var reader: DocumentReader {
    DocumentReader(
      at: isConverted ? DocumentReader.wholeDocument : format.at ?? DocumentReader.wholeDocument,
      masking: redactor)
  }

  private func fail(_ failure: ConversionFailure) {
    switch failure {
    case .notTaken: breaking = sink.failure
    case .format(let wrong):
      refusal = SourceFailure(.unusable, "\(place): \(wrong)")
      sink.discard()
    }
  }
}
