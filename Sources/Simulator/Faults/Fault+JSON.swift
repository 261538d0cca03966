import Crypto

/// Why a script is not understood.
struct ScriptProblem: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension Fault {
  /// Reads `do`. Unknown names and wrong types are refused: a rule that does nothing hides a mistake.
  init(_ json: JSONValue) throws(ScriptProblem) {
    guard let members = json.members, !members.isEmpty else {
      throw ScriptProblem("do must be an object with members")
    }
    for member in members { try take(member) }
  }

  private mutating func take(_ member: JSONMember) throws(ScriptProblem) {
    if try takeAnswer(member) { return }
    if try takeDelivery(member) { return }
    if try takeWorker(member) { return }
    throw ScriptProblem("do.\(member.name) is not known")
  }

  private mutating func takeAnswer(_ member: JSONMember) throws(ScriptProblem) -> Bool {
    let value = member.value
    switch member.name {
    case "status": status = try Self.number(member, 100...999)
    case "retry_after":
      if let text = value.text {
        retryAfter = text
      } else {
        retryAfter = String(try Self.number(member, 0...1_000_000))
      }
    case "redirect": redirect = try Self.text(member)
    case "s3_error": storeError = try Self.text(member)
    case "body": body = Array((value.text ?? value.encoded).utf8)
    case "body_hex":
      guard let bytes = Hex.decode(try Self.text(member)) else {
        throw ScriptProblem("do.body_hex is not hexadecimal")
      }
      body = bytes
    case "headers": headers = value.members ?? []
    case "without":
      guard let names = value.elements?.map(\.text), !names.contains(nil) else {
        throw ScriptProblem("do.without must be an array of field names")
      }
      without = names.compactMap { $0?.lowercased() }
    case "no_etag": if try Self.flag(member) { without.append("etag") }
    case "clock_offset":
      let text = try Self.text(member)
      let isBehind = text.hasPrefix("-")
      guard let offset = DurationText.parse(text.drop { $0 == "-" || $0 == "+" }) else {
        throw ScriptProblem("do.clock_offset must be like -20m")
      }
      clockOffset = offset.components.seconds * (isBehind ? -1 : 1)
    case "perform": performs = try Self.flag(member)
    default: return false
    }
    return true
  }

  private mutating func takeDelivery(_ member: JSONMember) throws(ScriptProblem) -> Bool {
    switch member.name {
    case "reset": delivery.isReset = try Self.flag(member)
    case "half_body": if try Self.flag(member) { delivery.cut = .close }
    case "stall": if try Self.flag(member) { delivery.cut = .stall }
    case "truncate_json": if try Self.flag(member) { delivery.cut = .shorten }
    case "delay": delivery.delay = try Self.duration(member)
    case "drip":
      let text = try Self.text(member)
      guard text.hasSuffix("B/s"), let rate = Int(text.dropLast(3)), rate > 0 else {
        throw ScriptProblem("do.drip must be like 10B/s")
      }
      delivery.bytesPerSecond = rate
    case "fill":
      var filler = delivery.filler ?? Delivery.Filler()
      filler.count = member.value.text == "endless" ? nil : try Self.number(member, 1...(1 << 40))
      delivery.filler = filler
    case "filler": delivery.filler = Delivery.Filler(text: Array(try Self.text(member).utf8))
    case "fill_head":
      delivery.filler = Delivery.Filler(text: Array(try Self.text(member).utf8), isInHead: true)
    case "wrong_length":
      // Ten more than there is, unless the script says otherwise.
      if let error = member.value.integer {
        delivery.lengthError = error
      } else if try Self.flag(member) {
        delivery.lengthError = 10
      }
    default: return false
    }
    return true
  }

  private mutating func takeWorker(_ member: JSONMember) throws(ScriptProblem) -> Bool {
    switch member.name {
    case "job_status": jobStatus = try Self.text(member)
    case "session_status": sessionStatus = try Self.text(member)
    case "job_id": jobID = try Self.text(member)
    case "session_id": sessionID = try Self.text(member)
    case "ads_count": adsCount = try Self.number(member, 0...Int.max)
    case "ads": ads = try Self.number(member, 0...Int.max)
    case "data": data = member.value.text ?? member.value.encoded
    case "job_time": jobTime = try Self.duration(member)
    case "session_time": sessionTime = try Self.duration(member)
    case "forget": forgets = try Self.flag(member)
    default: return false
    }
    return true
  }

  private static func text(_ member: JSONMember) throws(ScriptProblem) -> String {
    guard let text = member.value.text else { throw ScriptProblem("do.\(member.name) must be a string") }
    return text
  }

  private static func flag(_ member: JSONMember) throws(ScriptProblem) -> Bool {
    guard let flag = member.value.flag else { throw ScriptProblem("do.\(member.name) must be true or false") }
    return flag
  }

  private static func number(_ member: JSONMember, _ range: ClosedRange<Int>) throws(ScriptProblem) -> Int {
    guard let number = member.value.integer, range.contains(number) else {
      throw ScriptProblem("do.\(member.name) must be a number \(range.lowerBound)...\(range.upperBound)")
    }
    return number
  }

  private static func duration(_ member: JSONMember) throws(ScriptProblem) -> Duration {
    guard let duration = DurationText.parse(member.value.text ?? "") else {
      throw ScriptProblem("do.\(member.name) must be a duration such as 250ms or 2s")
    }
    return duration
  }
}
