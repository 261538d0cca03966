/// A result as a worker sends it: ads of 1 kB with ids of their own, the same for the same number.
struct AdsResult {
  static let adSize = 1000

  let bytes: [UInt8]
  /// Where each ad lies, and where its id.
  let ads: [(data: Range<Int>, id: Range<Int>)]

  init(number: Int, count: Int) {
    var bytes: [UInt8] = [UInt8(ascii: "[")]
    bytes.reserveCapacity(count * (Self.adSize + 1) + 2)
    var ads: [(data: Range<Int>, id: Range<Int>)] = []
    for index in 0..<count {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      let start = bytes.count
      let id = "\(8_000_000_000_000 + number * count + index)"
      let head = #"{"id":""#
      bytes += Array((head + id + Self.members(index)).utf8)
      let tail = #""}"#
      bytes += repeatElement(UInt8(ascii: "x"), count: start + Self.adSize - bytes.count - tail.utf8.count)
      bytes += Array(tail.utf8)
      let idStart = start + head.utf8.count
      ads.append((start..<bytes.count, idStart..<idStart + id.utf8.count))
    }
    bytes.append(UInt8(ascii: "]"))
    (self.bytes, self.ads) = (bytes, ads)
  }

  private static func members(_ index: Int) -> String {
    #"","page":{"id":"\#(9_000_000 + index % 1000)","name":"Padaria São João \#(index % 1000)"},"active":true,"#
      + #""from":"2025-01-01","to":null,"platforms":["a","b"],"languages":["pt"],"spend":{"low":\#(index),"high":"#
      + #"\#(index * 2).50},"impressions":{"low":1000,"high":4999},"text":""#
  }
}
