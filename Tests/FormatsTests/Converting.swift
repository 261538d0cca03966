import Testing

@testable import Formats

/// What a conversion gives: the array, or what was wrong.
enum Converted: Equatable, CustomStringConvertible {
  case array(String)
  case refused(String)

  var description: String {
    switch self {
    case .array(let text): "array \(text)"
    case .refused(let text): "refused \(text)"
    }
  }
}

extension ResultFormat {
  static func csv(delimiter: Character? = nil, _ encoding: Encoding? = nil) -> ResultFormat {
    var format = ResultFormat(.csv)
    format.delimiter = delimiter?.asciiValue
    format.encoding = encoding
    return format
  }

  static func singer(_ streams: [String]? = nil) -> ResultFormat {
    var format = ResultFormat(.singer)
    format.streams = streams
    return format
  }

  /// Pushes the pieces one after the other.
  func convert(pieces: [ArraySlice<UInt8>]) -> Converted {
    // The closure outlives no call of the conversion.
    final class Taken { var bytes: [UInt8] = [] }
    let taken = Taken()
    do throws(ConversionFailure) {
      guard
        var conversion = Conversion(
          self,
          take: {
            taken.bytes += $0
            return true
          })
      else { return .refused("no conversion") }
      for piece in pieces {
        // A copy of its own, so that reading beyond it is seen.
        try Array(piece).withUnsafeBufferPointer { bytes throws(ConversionFailure) in
          try conversion.push(UnsafeRawBufferPointer(bytes))
        }
      }
      try conversion.finish()
      return .array(String(decoding: taken.bytes, as: UTF8.self))
    } catch {
      guard case .format(let wrong) = error else { return .refused("not taken") }
      return .refused(wrong.description)
    }
  }

  /// The same for the whole, a byte at a time, and cut once at each place.
  func convert(_ bytes: [UInt8]) -> Converted {
    let whole = convert(pieces: [bytes[...]])
    let single = convert(pieces: bytes.indices.map { bytes[$0...$0] })
    #expect(whole == single, "a byte at a time")
    for cut in bytes.indices {
      let twice = convert(pieces: [bytes[..<cut], bytes[cut...]])
      if whole != twice {
        Issue.record("cut at \(cut): \(twice) and not \(whole)")
        break
      }
    }
    return whole
  }

  func convert(_ text: String) -> Converted { convert(Array(text.utf8)) }
}
