import Threads

/// The curl thread's loop in the hands of another thread, which drives it until it gives it back.
///
/// Whoever has something to do with every answer drives the transfers itself: then no thread need be woken for a request
/// or an answer.
final class CurlLoan: Sendable {
  /// `@unchecked Sendable`: the curl thread leaves the loop alone until it is back.
  struct Lent: @unchecked Sendable {
    let loop: CurlLoop
  }

  private let lent = Answer<Lent?>()
  private let isBack = Answer<Void>()

  /// On the curl thread: hands the loop over and waits until it is back.
  func lend(_ loop: CurlLoop) {
    lent.give(Lent(loop: loop))
    isBack.wait()
  }

  /// On the curl thread, which ends: nothing is lent.
  func refuse() { lent.give(nil) }

  /// On the borrowing thread. Nil when the curl thread has ended.
  func borrow() -> CurlLoop? { lent.wait()?.loop }

  func giveBack() { isBack.give(()) }
}

extension CurlLoop {
  /// Drives the transfers until something is in the queue, at most until `deadline`: everything that is in it then.
  func drive<Element: Sendable>(for queue: Queue<Element>, until deadline: Moment) -> [Element] {
    advance()
    while true {
      look(until: deadline) { !queue.isEmpty }
      advance()
      let taken = queue.takeWaiting()
      if !taken.isEmpty || deadline <= .now { return taken }
    }
  }
}
