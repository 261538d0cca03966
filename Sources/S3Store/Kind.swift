import HTTP
import KeyTable
import Kind
import MissionCore
import Ports
import S3

/// `storage_s3`: an S3-compatible bucket.
package struct S3Section: StoreSection {
  package static let name = "storage_s3"
  package static let documentation = "The S3-compatible store of the audit objects"

  /// As written; nil means AWS.
  package var endpoint: ServiceURL?
  package var bucket = ""
  package var region = "us-east-1"
  package var accessKey = Secret("")
  package var secretKey = Secret("")
  package var sessionToken: Secret?
  package var addressing = Addressing.path
  /// Without slashes at its ends; empty for keys that begin with the date.
  package var prefix = "scrapes"
  package var caFile: String?
  var allowPlainHTTP = false
  package var createOnly = CreateOnly.auto
  package init() {}

  /// Whether the bucket is in the path or in the host name.
  package enum Addressing: String, CaseIterable, Sendable {
    case path, virtual
  }

  /// Where requests go: the endpoint, or AWS for the region; no slash at its end.
  package var endpointURL: String {
    if let endpoint { return endpoint.text }
    return "https://s3.\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
  }
}

// The table and the rules that span several of its keys.
extension S3Section {
  package static let keys: [Key<Self>] = [
    Key(
      "endpoint", \.endpoint, Codec.url().optional,
      environment: ["S3_ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"],
      "The store's URL; AWS for the region when absent"),
    Key(
      "bucket", \.bucket, .text(TextRule.bucket), required: true, environment: ["S3_BUCKET"],
      "The bucket of the audit objects"),
    Key(
      "region", \.region, .text(TextRule.region),
      environment: ["S3_REGION", "AWS_REGION", "AWS_DEFAULT_REGION"],
      "The region that requests are signed for"),
    Key(
      "access_key", \.accessKey, .secret, required: true,
      environment: ["S3_ACCESS_KEY", "AWS_ACCESS_KEY_ID"], "The access key id"),
    Key(
      "secret_key", \.secretKey, .secret, required: true,
      environment: ["S3_SECRET_KEY", "AWS_SECRET_ACCESS_KEY"], "The secret access key"),
    Key(
      "session_token", \.sessionToken, Codec.secret.optional, environment: ["AWS_SESSION_TOKEN"],
      "The token of temporary credentials"),
    Key("addressing", \.addressing, .choice, "Whether the bucket is in the path or in the host name"),
    Key(
      "prefix", \.prefix, .text(TextRule.prefix, emptyIsValue: true),
      "What object keys begin with; empty: with the date"),
    Key(
      "create_only", \.createOnly, .choice,
      "Whether an object of another scrape is never written over: auto where the store keeps it, required, or off"
    ),
    Key("ca_file", \.caFile, Codec.path(mustBeReadable: true).optional, KeyText.certificates),
    Key("allow_plain_http", \.allowPlainHTTP, .flag, KeyText.plainHTTP),
  ]

  package mutating func check(_ reader: inout ConfigurationReader, path: String) {
    reader.checkPlainHTTP(endpoint, allowed: allowPlainHTTP, path: path + "endpoint")
    KeyPair(path: path).check(accessKey, secretKey, &reader)
    // A token belongs to the key pair it was issued with.
    if reader.variables[path + "session_token"] != nil,
      reader.variables[path + "access_key"] != "AWS_ACCESS_KEY_ID"
    {
      sessionToken = nil
    }
    if endpoint == nil, region == "auto", !reader.isRefused(path + "endpoint") {
      reader.report(at: path + "region", "\(path)region auto needs an endpoint")
    }
    if let endpoint, !bucket.isEmpty, !reader.isRefused(path + "endpoint"), endpoint.holds(bucket: bucket) {
      let variable: Message = reader.variables[path + "endpoint"].map { " (look at \($0))" } ?? ""
      reader.report(
        at: path + "endpoint",
        "\(path)endpoint must not hold the bucket \(bucket); it belongs in bucket alone\(variable)")
    }
    if addressing == .virtual, let endpoint, endpoint.isAddress {
      reader.report(
        at: path + "addressing",
        "\(path)addressing virtual needs an endpoint with a host name, not an address")
    }
  }

  package var effective: S3Section {
    var effective = self
    effective.endpoint = try? ServiceURL.parse(endpointURL).get()  // ours: always valid
    return effective
  }
}

// How it opens.
extension S3Section {
  package func open(_ opening: Opening) throws(OpeningFailure) -> any AuditStore {
    let client: S3Client
    do throws(S3Error) {
      client = try S3Client(
        http: opening.http, configuration: configuration(opening), credentials: credentials,
        clock: { opening.now().milliseconds })
    } catch { throw .configuration("\(Self.name): \(error)") }
    do throws(AuditError) {
      return try S3Store(
        client: client, prefix: prefix, createOnly: createOnly,
        credentials: {
          // Files of secrets may have been renewed since the start. A configuration that cannot be read now
          // leaves the credentials as they were, and the store says what it thinks of them.
          (opening.renewedStore() as? S3Section ?? self).credentials
        }, redactor: opening.redactor, advice: advice)
    } catch { throw .noThread(error.message) }
  }

  private func configuration(_ opening: Opening) -> S3Configuration {
    S3Configuration(
      endpoint: endpointURL, bucket: bucket, region: region,
      addressing: addressing == .virtual ? .virtual : .path,
      // Where plain HTTP is allowed the configuration has judged already.
      allowPlain: true, caFile: caFile,
      deadlines: HTTPDeadlines(connect: opening.connect, total: opening.upload, stalled: opening.stalled))
  }

  private var advice: S3StoreAdvice {
    var advice = S3StoreAdvice()
    advice.bucket = bucket
    advice.prefix = prefix
    advice.host = endpoint?.host ?? endpointURL
    advice.isPlainHTTP = endpoint?.isPlainHTTP ?? false
    return advice
  }

  private var credentials: S3Credentials {
    S3Credentials(
      accessKey: accessKey.reveal(), secretKey: secretKey.reveal(), sessionToken: sessionToken?.reveal())
  }
}
