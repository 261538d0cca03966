import Crypto
import MissionCore

/// The rows of the destination, with prepared inserts. The caller opens and commits transactions.
final class BareDestination {
  let database: BareDatabase
  private let insertAd: BareStatement
  private let insertMission: BareStatement

  init(_ path: String) throws(BenchmarkFailure) {
    database = try .durable(
      path,
      """
      CREATE TABLE missions (mission_id TEXT PRIMARY KEY, date_start TEXT, languages TEXT, ads_count INTEGER,
        sha256 TEXT);
      CREATE TABLE ads (mission_id TEXT, ad_id TEXT, position INTEGER, data TEXT, PRIMARY KEY (mission_id, ad_id));
      """)
    insertAd = try database.prepare("INSERT OR REPLACE INTO ads VALUES (?, ?, ?, ?)")
    insertMission = try database.prepare("INSERT INTO missions VALUES (?, ?, ?, ?, ?)")
  }

  /// Writes a row for each ad and one for the mission; how many ads there were, and the digest of the array.
  func insert(_ json: BareJSON, _ data: Range<Int>, _ mission: String, _ parameters: MissionParameters)
    throws(BenchmarkFailure) -> (ads: Int, sha256: String)
  {
    let bytes = json.bytes
    var position = 0
    insertAd.bind(mission, at: 1)
    try json.ads(in: data) { (ad) throws(BenchmarkFailure) in
      switch ad.id {
      case let id? where bytes[id.lowerBound] != UInt8(ascii: "#"):
        insertAd.bind(UnsafeRawBufferPointer(rebasing: bytes[id]), at: 2)
      case let id?: insertAd.bind("#" + String(decoding: bytes[id], as: UTF8.self), at: 2)
      case nil: insertAd.bind("#\(position)", at: 2)
      }
      insertAd.bind(position, at: 3)
      insertAd.bind(UnsafeRawBufferPointer(rebasing: bytes[ad.place]), at: 4)
      try insertAd.run()
      position += 1
    }
    insertMission.bind(mission, at: 1)
    insertMission.bind(parameters.dateStart.description, at: 2)
    insertMission.bind(parameters.languageList, at: 3)
    insertMission.bind(position, at: 4)
    let digest = SHA256.hexDigest(of: UnsafeRawBufferPointer(rebasing: bytes[data]))
    insertMission.bind(digest, at: 5)
    try insertMission.run()
    return (position, digest)
  }
}
