/// How much is measured.
struct Amounts {
  /// Missions of one run of `missions`.
  var missions: Int
  /// Missions of one run of `costs`.
  var traced: Int
  /// Pairs of product and reference, by benchmark.
  var missionRounds: Int
  var largeRounds: Int
  var planRounds: Int
  var statusRounds: Int
  /// Ads of 1 kB of the one large result.
  var largeAds: Int
  /// Rows of the mission file of `plan` and `status`.
  var rows: Int
  /// Jobs in flight of `waiting`.
  var jobs: [Int]
  /// Between two looks at a job; nil leaves the product's default.
  var pollSeconds: Int?
  var windowSeconds: Int
  /// Missions of one run of `programs`.
  var programs: Int
  /// Records of 1 kB of one result of `formats`.
  var formatRecords: Int
  /// Rows of the window of `windows`.
  var windowRows: Int
  /// Objects of `uploads`, and its rounds.
  var uploads: Int
  var uploadRounds: Int
  /// Ads of `loading`, in results of 10,000, and its rounds.
  var loadedAds: Int
  var loadRounds: Int

  static let full = Amounts(
    missions: 5000, traced: 1500, missionRounds: 3, largeRounds: 3, planRounds: 2, statusRounds: 15,
    largeAds: 300_000,
    rows: 1_000_000, jobs: [2000, 10_000], pollSeconds: nil, windowSeconds: 90,
    programs: 5000, formatRecords: 300_000, windowRows: 100_000, uploads: 2000, uploadRounds: 5,
    loadedAds: 1_000_000, loadRounds: 2)
  static let quick = Amounts(
    missions: 300, traced: 100, missionRounds: 1, largeRounds: 1, planRounds: 1, statusRounds: 3,
    largeAds: 5000,
    rows: 20_000, jobs: [100], pollSeconds: 1, windowSeconds: 4, programs: 300,
    formatRecords: 5000, windowRows: 10_000, uploads: 200,
    uploadRounds: 1, loadedAds: 20_000, loadRounds: 1)
}
