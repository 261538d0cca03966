import Crypto
import MissionCore
import Ports
import Spool

extension AuditStore {
  /// Puts and waits for the reply.
  package func result(_ request: AuditRequest) async -> Result<StoredObject, AuditError> {
    await withCheckedContinuation { continuation in
      put(request) { continuation.resume(returning: $0) }
    }
  }
}

/// A request with a result that is only in memory.
package func request(
  _ data: String, ads: Int, day: Int = 1, values: ParameterValues = ParameterValues()
) -> AuditRequest {
  request(Array(data.utf8), ads: ads, day: day, values: values)
}

package func request(
  _ data: [UInt8], ads: Int, day: Int = 1, values: ParameterValues = ParameterValues()
) -> AuditRequest {
  let date = CalendarDay(daysSinceEpoch: 20_088 + Int32(day))
  let parameters = MissionParameters(
    dateStart: date, dateEnd: date, mediaType: .video, languages: ["pt", "ENG"], values: values)
  let mission = MissionID(digest: SHA256.digest(of: parameters.canonicalLine()))
  return AuditRequest(
    mission: mission, parameters: parameters, runID: "run-1",
    result: SpooledResult(mission: mission, inMemory: data, adsCount: ads))
}
