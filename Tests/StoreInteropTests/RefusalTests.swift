import Foundation
import HTTP
import S3
import TestServers
import Testing

extension StoreInterop {
  /// What goes wrong is told apart, in the words of each server.
  @Suite struct Refusals {
    private let payload = S3Payload(bytes: Array("{}".utf8))

    @Test("a wrong secret and an unknown key are refused credentials", arguments: programs)
    func credentials(_ program: StoreServer.Program) async throws {
      let wrong = await (try Bucket(program, secret: "wrong")).put("x", payload).error
      #expect(wrong?.kind == .credentials, "\(String(describing: wrong))")
      let unknown = await (try Bucket(program, accessKey: "unknown")).put("x", payload).error
      #expect(unknown?.kind == .credentials, "\(String(describing: unknown))")
    }

    @Test("a bucket that is not there is told as that", arguments: programs)
    func missingBucket(_ program: StoreServer.Program) async throws {
      let missing = try Bucket(program, bucket: "no-such-bucket")
      let put = await missing.put("x", payload).error
      #expect(put?.kind == .noSuchBucket, "\(String(describing: put))")
      let get = await missing.get("x").error
      #expect(get?.kind == .noSuchBucket, "\(String(describing: get))")
    }

    @Test(
      "keys that may only read are denied a PUT",
      arguments: programs.filter { $0 != .rclone })
    func forbidden(_ program: StoreServer.Program) async throws {
      let reader = try #require(SharedStores.server(program).reader)
      let denied = await (try Bucket(program, keys: reader)).put("x", payload).error
      #expect(denied?.kind == .accessDenied, "\(String(describing: denied))")
    }

    @Test("a clock 20 minutes off, either way, is mended", arguments: programs, [20, -20])
    func skew(_ program: StoreServer.Program, _ minutes: Int) async throws {
      let bucket = try Bucket(program, clockOffset: .seconds(minutes * 60))
      let first = await bucket.put("x", payload)
      #expect(first.error == nil, "\(String(describing: first.error))")
      #expect(await bucket.put("y", payload).error == nil)
      #expect(try bucket.found().keys.sorted() == ["x", "y"])
    }

    @Test("temporary credentials work with their session token and only with it", .needs(.moto))
    func temporary() async throws {
      let keys = try #require(SharedStores.server(.moto).temporary)
      let bucket = try Bucket(.moto, keys: keys)
      #expect(await bucket.put("x", payload).error == nil)
      #expect(try bucket.found().keys.sorted() == ["x"])
      bucket.client.replaceCredentials(
        S3Credentials(accessKey: keys.accessKey, secretKey: keys.secretKey, sessionToken: "stale"))
      #expect(await bucket.put("y", payload).error?.kind == .credentials)
      bucket.client.replaceCredentials(S3Credentials(accessKey: keys.accessKey, secretKey: keys.secretKey))
      #expect(await bucket.put("y", payload).error?.kind == .credentials)
    }

    @Test("a body that is not the one signed is not stored", .needs(.openStackSwift))
    func payloadHash() async throws {
      let bucket = try Bucket(.openStackSwift)
      let other = S3Payload(body: .bytes(Array("[]".utf8)), sha256: payload.sha256)
      let refused = await bucket.put("x", other).error
      #expect(refused?.code == "BadDigest", "\(String(describing: refused))")
      #expect(refused?.isTransient == true)
      #expect(try bucket.found().isEmpty)
    }

    @Test("a wrong region is refused with the right one named", .needs(.openStackSwift))
    func region() async throws {
      let refused = await (try Bucket(.openStackSwift, region: "eu-central-1")).put("x", payload).error
      #expect(refused?.kind == .redirect, "\(String(describing: refused))")
      #expect(refused?.regionHint == "us-east-1")
    }
  }
}
