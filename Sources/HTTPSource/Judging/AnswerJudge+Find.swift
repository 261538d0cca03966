import HTTPAnswers
import JSONStream
import MissionCore
import Placeholders

extension AnswerJudge {
  /// The mission's jobs that an answer to `find` lists, in its order. An answer that lists nothing where lists should be
  /// does not say that there is none: it cannot be used.
  func foundJobs(
    _ bytes: UnsafeRawBufferPointer, _ find: FindSection, _ values: PlaceholderValues
  ) -> Result<[AnsweredJob], SourceFailure> {
    let request = find.request.shown
    var jobs: [AnsweredJob] = []
    do throws(JSONError) {
      for place in find.jobs ?? [.whole] {
        guard let items = try items(at: place, in: bytes) else {
          return .failure(unreadable(bytes, request, "no list at \(Self.shown(place)) in it"))
        }
        for item in items where try isOwn(item, find, values) {
          switch job(in: item, find.job, find.keep ?? []) {
          case .success(let job): jobs.append(job)
          case .failure(let fault): return .failure(unreadable(item.bytes, request, fault.what))
          }
        }
      }
    } catch { return .failure(unreadable(bytes, request, "it is not JSON, \(error)")) }
    var seen: Set<String> = []
    return .success(jobs.filter { seen.insert($0.id).inserted })
  }

  /// The objects of a list. `null` is an empty one; an object is a list of one. Nil for anything else.
  private func items(
    at place: JSONPointer, in bytes: UnsafeRawBufferPointer
  ) throws(JSONError) -> [JSONAnswer]? {
    guard let value = try JSONScanner.value(at: place, of: bytes)?.value else { return nil }
    let list = JSONAnswer(bytes: bytes).part(value)
    switch value.kind {
    case .null: return []
    case .object: return [list]
    case .array: break
    default: return nil
    }
    var reader = JSONArrayReader(list.bytes)
    var items: [JSONAnswer] = []
    while let element = try reader.next() {
      if element.value.kind == .object { items.append(list.part(element.value)) }
    }
    return items
  }

  private func isOwn(
    _ item: JSONAnswer, _ find: FindSection, _ values: PlaceholderValues
  ) throws(JSONError) -> Bool {
    for condition in find.where {
      let word = try item.word(at: condition.place)
      if condition.value.value.isLeftOut(values) {
        // The start has sent nothing, or null.
        guard word == nil || word?.kind == .null || word?.text == "" else { return false }
        continue
      }
      guard let wanted = try? condition.value.value.filled(values), let word, word.matches(wanted) else {
        return false
      }
    }
    return true
  }
}
