import HTTP
import MissionCore
import S3

/// What to do when an S3 store refuses or fails, for `check`.
package struct S3StoreAdvice: Sendable {
  package var bucket = ""
  package var prefix = ""
  package var host = ""
  package var isPlainHTTP = false

  package init() {}

  func text(_ error: S3Error) -> Message {
    if let transfer = error.transfer {
      let advice = ConnectionAdvice(host: host, isPlainHTTP: isPlainHTTP, section: "storage_s3")
      return advice.text(transfer)
    }
    switch error.kind {
    case .credentials:
      return "check storage_s3.access_key and secret_key; temporary ones also need their session_token"
    case .expiredToken: return "get new temporary credentials; their time is over"
    case .noSuchBucket: return "create the bucket \(bucket) or check storage_s3.bucket and endpoint"
    case .noEndpoint: return "check storage_s3.endpoint, its path too, and storage_s3.bucket"
    case .accessDenied:
      return "allow PutObject, GetObject and DeleteObject under the prefix \(prefix) for this access_key"
    case .skewed: return "set this machine's clock, for example with systemd-timesyncd or chrony"
    case .redirect: return "set storage_s3.region to the bucket's and endpoint to the one of that region"
    case .slowDown, .server: return "the store is there but busy or not well: try again in a minute"
    default: return "does an S3-compatible store answer at storage_s3.endpoint, and is its region right?"
    }
  }
}
