import Glibc

/// Variables of the environment that change what libraries do with secrets, and that nobody sets for this program.
///
/// Variables that choose which authorities to trust stay (`SSL_CERT_FILE`, `SSL_CERT_DIR`, `OPENSSL_CONF`), as do those
/// that libpq documents for a connection (`PGPASSWORD` and its like); proxies of the environment are ignored where
/// transfers are set up.
enum AmbientVariables {
  /// libcurl and OpenSSL write the keys of every TLS connection to the file that it names.
  private static let unwanted = ["SSLKEYLOGFILE"]

  /// To be called before any library reads them, while there is one thread.
  static func disinherit() {
    for name in unwanted { unsetenv(name) }
  }
}
