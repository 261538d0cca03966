import KeyTable

extension ServiceURL {
  /// Whether a store's endpoint names the bucket itself, as consoles of stores show it. Requests put it there once more,
  /// so that objects would land under a folder of the bucket's name.
  ///
  /// A host that only happens to begin like the bucket (`audit.example.com`) is none: what follows must look like a
  /// store's own name.
  func holds(bucket: String) -> Bool {
    let path = text.dropFirst(origin.count).lowercased().split(separator: "/")
    let bucket = bucket.lowercased()
    // Supabase's path, for a bucket that is called s3.
    let isStoresOwn = path == ["storage", "v1", "s3"]
    if !isStoresOwn, path.contains(bucket[...]) { return true }
    guard host.hasPrefix(bucket + "."), !isAddress else { return false }
    let store = host.dropFirst(bucket.count + 1)
    return Self.isStore(store)
  }

  private static func isStore(_ host: Substring) -> Bool {
    let first = host.prefix { $0 != "." }
    if host == "localhost" || first == "s3" || first.hasPrefix("s3-") { return true }
    return providers.contains { host == $0 || host.hasSuffix("." + $0) }
  }

  /// Stores that put the bucket before a host whose first word is not `s3`.
  private static let providers = [
    "amazonaws.com", "r2.cloudflarestorage.com", "digitaloceanspaces.com", "storage.googleapis.com",
    "backblazeb2.com", "wasabisys.com", "linodeobjects.com", "aliyuncs.com", "your-objectstorage.com",
  ]
}
