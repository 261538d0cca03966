import JSONStream

/// Makes one JSON array of a result in another format, in pieces: any size in little memory, no token changed
/// (SOURCES 4). What is pushed may be cut anywhere.
///
/// It judges the format; whoever reads the array afterwards judges the array.
package struct Conversion: ~Copyable {
  private var converter: any FormatConverter
  private var output: ConvertedOutput
  private let format: ResultFormat
  private var hasFile = false
  /// The first bytes, until it is known whether they are a byte order mark.
  private var beginning: [UInt8] = []
  private var isBegun = false
  /// Bytes that were given to the converter, or passed over.
  private var offset = 0

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Nil for `json`, which needs no conversion.
  ///
  /// - Parameters:
  ///   - joinsDocuments: the result is in several files (`beginFile`), so that `json` is converted too.
  ///   - take: is given the array's bytes, one piece after the other; false when it takes no more.
  package init?(
    _ format: ResultFormat, joinsDocuments: Bool = false, take: @escaping (UnsafeRawBufferPointer) -> Bool
  ) {
    if format.kind == .json, !joinsDocuments { return nil }
    self.format = format
    converter = Self.converter(format)
    output = ConvertedOutput(take: take)
  }

  private static func converter(_ format: ResultFormat) -> any FormatConverter {
    switch format.kind {
    case .json: DocumentConverter()
    case .lines: LinesConverter()
    case .csv: CSVConverter(CSVDialect(format))
    case .singer: SingerConverter(streams: format.streams)
    }
  }

  /// Another file of the same result begins; the records of all become one array.
  package mutating func beginFile() throws(ConversionFailure) {
    if hasFile {
      if !isBegun { try begin() }
      try converter.finish(into: &output)
      converter = Self.converter(format)
      offset = 0
      isBegun = false
    }
    hasFile = true
  }

  /// The next bytes of the result.
  package mutating func push(_ bytes: UnsafeRawBufferPointer) throws(ConversionFailure) {
    guard !isBegun else { return try convert(bytes) }
    let missing = min(Self.mark.count - beginning.count, bytes.count)
    beginning += bytes[..<missing]
    guard beginning.count == Self.mark.count else { return }
    try begin()
    try convert(UnsafeRawBufferPointer(rebasing: bytes[missing...]))
  }

  /// The result has ended; the whole array was given away when it returns.
  package mutating func finish() throws(ConversionFailure) {
    if !isBegun { try begin() }
    try converter.finish(into: &output)
    try output.end()
  }

  private mutating func begin() throws(ConversionFailure) {
    isBegun = true
    if beginning == Self.mark {
      guard format.encoding ?? .utf8 == .utf8 else {
        throw .format(FormatError("it begins with the mark of UTF-8, so its encoding is utf-8"))
      }
      offset = Self.mark.count
    } else {
      let first = beginning
      try first.withUnsafeBufferPointer { bytes throws(ConversionFailure) in
        try convert(UnsafeRawBufferPointer(bytes))
      }
    }
    beginning = []
  }

  private mutating func convert(_ bytes: UnsafeRawBufferPointer) throws(ConversionFailure) {
    guard !bytes.isEmpty else { return }
    try converter.push(bytes, offset: offset, into: &output)
    offset += bytes.count
  }
}

/// What one format does.
protocol FormatConverter {
  /// Never empty. `offset` is the place of the first byte in the whole result.
  mutating func push(_ bytes: UnsafeRawBufferPointer, offset: Int, into output: inout ConvertedOutput)
    throws(ConversionFailure)

  /// No more bytes come.
  mutating func finish(into output: inout ConvertedOutput) throws(ConversionFailure)
}
