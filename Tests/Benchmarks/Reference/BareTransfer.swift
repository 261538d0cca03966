import CCurl
import CCurlShim
import Glibc

/// A libcurl easy handle and what it received.
final class BareTransfer {
  let easy: UnsafeMutableRawPointer
  private(set) var body: [UInt8] = []
  /// Filled instead of `body` when set.
  var file: UnsafeMutablePointer<FILE>?
  /// Whose transfer it is.
  var owner = 0
  private var fields: UnsafeMutablePointer<curl_slist>?

  /// `fields`: header lines of every request.
  init(fields: [String]) throws(BenchmarkFailure) {
    guard let easy = curl_easy_init() else { throw BenchmarkFailure("no curl handle") }
    self.easy = easy
    // Unretained: whoever adds the transfer to a loop keeps it until its end.
    let me = Unmanaged.passUnretained(self).toOpaque()
    _ = mc_easy_set_pointer(easy, CURLOPT_PRIVATE, me)
    _ = mc_easy_set_pointer(easy, CURLOPT_WRITEDATA, me)
    _ = mc_easy_set_long(easy, CURLOPT_NOSIGNAL, 1)
    _ = mc_easy_set_long(easy, CURLOPT_BUFFERSIZE, 128 * 1024)
    _ = mc_easy_set_long(easy, CURLOPT_FAILONERROR, 1)
    _ = mc_easy_set_transfer_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      let transfer = Unmanaged<BareTransfer>.fromOpaque(context!).takeUnretainedValue()
      if let file = transfer.file { return fwrite(bytes, 1, size * count, file) }
      transfer.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
    setFields(fields)
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(fields)
  }

  func setFields(_ lines: [String]) {
    curl_slist_free_all(fields)
    fields = nil
    // libcurl would ask before it sends larger bodies, and wait for the answer.
    for line in lines + ["Expect:"] { fields = curl_slist_append(fields, line) }
    _ = mc_easy_set_list(easy, CURLOPT_HTTPHEADER, fields)
  }

  func get(_ url: String) {
    body.removeAll(keepingCapacity: true)
    _ = mc_easy_set_string(easy, CURLOPT_URL, url)
  }

  /// `method` besides POST: PUT.
  func send(_ bytes: UnsafeRawBufferPointer, to url: String, method: String = "POST") {
    get(url)
    _ = mc_easy_set_string(easy, CURLOPT_CUSTOMREQUEST, method)
    _ = mc_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
    // Copied, not changed; the typed wrapper takes any pointer.
    let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    _ = mc_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
  }

  func send(_ text: String, to url: String) {
    var text = text
    text.withUTF8 { send(UnsafeRawBufferPointer($0), to: url) }
  }

  /// Sends a file with PUT.
  func upload(_ file: UnsafeMutablePointer<FILE>, bytes: Int, to url: String) {
    get(url)
    _ = mc_easy_set_long(easy, CURLOPT_UPLOAD, 1)
    _ = mc_easy_set_long(easy, CURLOPT_UPLOAD_BUFFERSIZE, 256 * 1024)
    _ = mc_easy_set_pointer(easy, CURLOPT_READDATA, file)
    _ = mc_easy_set_offset(easy, CURLOPT_INFILESIZE_LARGE, curl_off_t(bytes))
  }
}
