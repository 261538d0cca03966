/// Texts that several sections say of keys of the same meaning.
package enum KeyText {
  package static let plainHTTP = "Allows http:// to other machines than this one"
  package static let kind = "What it is"
  package static let certificates = "A file with certificate authorities to trust besides the system's"
}
