// What is concluded from the times of jobs that ended well.
extension AdaptiveLimit {
  mutating func decide(left: Int) {
    switch phase {
    case .comparing(nil, let back): begun(back: back)
    case .comparing(let more?, let back): compare(with: more, back: back)
    case .trying(let fewer, let back, let goesDown): judge(fewer: fewer, back: back, goesDown: goesDown)
    case .steady where limit < usable: raise()
    case .steady: lookAgain(left: left)
    }
  }

  /// Jobs whose times say something of the limit.
  private var enough: Int { Self.enough(min(limit, usable)) }
  /// With so many there will be no clearer ones. Limits that differ little need more of them; where it has to be proved that
  /// the lane gets slower, waiting for more would only be waiting for chance, and for the longest jobs.
  private var most: Int { isSlower ? Self.most(min(limit, usable)) : enough }

  /// The baseline is there: now as many as there can be, to compare them with it.
  private mutating func begun(back: Int) {
    if times.count > 0, times.isTooShort { return well(back: back) }
    guard times.count >= enough else { return }
    phase = .trying(fewer: times, back: limit, goesDown: true)
    change(to: back)
  }

  private mutating func compare(with more: JobTimes, back: Int) {
    guard times.count >= enough else { return }
    switch times.judge(more: more, isSuspected: isSlower) {
    case .slower(let times): stay(slower: times, back: back)
    case .unclear where times.count < most: break
    case .unclear(looksSlower: true, let times) where isSlower: stay(slower: times, back: back)
    case .unclear(looksSlower: true, _): well(back: back, looksSlower: true)
    case .pays, .alike, .unclear: well(back: back)
    }
  }

  /// Whether it is known that the lane only gets slower by more: then the rest needs no proof, only the likelier answer.
  private var isSlower: Bool {
    if case .slower? = cause { return true }
    return false
  }

  /// With fewer at once the lane does as much: it stays there, and perhaps still fewer are enough.
  private mutating func stay(slower times: Double, back: Int) {
    note(slower: times, isMore: true)
    ceiling = back
    goDown()
  }

  private mutating func goDown() {
    guard limit > 1 else {
      phase = .steady
      return
    }
    phase = .comparing(more: times, back: limit)
    change(to: below)
  }

  /// Low enough to make a difference.
  private var below: Int { limit - max(1, limit * 2 / 5) }

  private mutating func well(back: Int, looksSlower: Bool = false) {
    phase = .steady
    if back >= usable {
      cause = nil
      sinceComparing = 0
      comparesAfter = looksSlower ? comparesAfter : min(2 * comparesAfter, 32 * leastForComparing)
    }
    change(to: back)
  }

  private mutating func judge(fewer: JobTimes, back: Int, goesDown: Bool) {
    guard goodEnds >= enough else { return }
    // Nothing to compare: that it takes so many is all that can be known.
    if fewer.count < 2 || (times.count > 0 && times.isTooShort) { return pays() }
    guard times.count >= enough else { return }
    switch fewer.judge(more: times, isSuspected: isSlower) {
    case .slower(let times): brings(nothing: times, fewer: fewer, back: back, goesDown: goesDown)
    case .unclear where times.count < most: break
    case .unclear(looksSlower: true, let times) where isSlower:
      brings(nothing: times, fewer: fewer, back: back, goesDown: goesDown)
    case .unclear(looksSlower: true, _): pays(looksSlower: true)
    case .pays, .alike, .unclear: pays()
    }
  }

  private mutating func brings(nothing times: Double, fewer: JobTimes, back: Int, goesDown: Bool) {
    note(slower: times, isMore: false)
    let isNarrowed = ceiling.map { limit < $0 } ?? false
    if !isNarrowed, !goesDown {
      hold = min(2 * hold, Self.longestHold)
      // Asked often at the beginning, and then when something has changed.
      asksBelow = hold <= Self.mostRoundsOfAsking
    }
    ceiling = min(limit, usable)
    step = 1
    phase = .steady
    change(to: back)
    guard goesDown else { return }
    self.times = fewer
    goDown()
  }

  /// - Parameter looksSlower: it could not be proved that it does not.
  private mutating func pays(looksSlower: Bool = false) {
    phase = .steady
    if looksSlower { comparesAfter = leastForComparing }
    if let found = ceiling, limit >= found { ceiling = nil }
    if ceiling == nil {
      hold = 1
      step = min(2 * step, usable)
    }
    guard limit < usable else {
      cause = nil
      step = 1
      sinceComparing = 0
      return
    }
    // It goes on from here with what is known.
    goodEnds = max(goodEnds, limit)
    raise()
  }

  /// Half-way to what is known to bring nothing, if anything is; else one more than was good so far, and then faster.
  private mutating func raise() {
    if let usual {
      if times.isFull, let change = times.change(from: usual) {
        self.usual = times
        if change < 1 { hold = 1 } else { asksBelow = true }
      }
    } else if times.isFull {
      usual = times
    }
    if asksBelow { return askBelow() }
    let (next, rounds) = nextLimit
    guard goodEnds >= limit * rounds, times.count >= 2 || goodEnds >= 3 * limit * rounds else { return }
    phase = .trying(fewer: times, back: limit, goesDown: false)
    change(to: min(next, usable))
  }

  private mutating func askBelow() {
    guard limit > 1, isSlower else {
      asksBelow = false
      return
    }
    guard times.count >= min(limit * hold, Self.most(limit)) else { return }
    asksBelow = false
    phase = .comparing(more: times, back: limit)
    change(to: below)
  }

  /// And how often all jobs of the limit must end well before.
  private var nextLimit: (next: Int, rounds: Int) {
    // Of many a single one more would make no difference that could be seen.
    let raised = limit + max(step, (limit + 3) / 4)
    if let broken, limit < broken { return (min(raised, broken), 1) }
    guard let ceiling, limit < ceiling else { return (raised, hold) }
    return ceiling - limit > 1 ? (limit + (ceiling - limit) / 2, 1) : (raised, hold)
  }

  /// All that it can have: it is compared now and then, and when its jobs take another time than they did.
  private mutating func lookAgain(left: Int) {
    guard times.count >= enough, !times.isTooShort else { return }
    if times.isFull {
      if let usual {
        if let change = times.change(from: usual) { changed(slower: change > 1) }
      } else {
        usual = times
      }
    }
    guard times.count >= enough, sinceComparing >= comparesAfter, left >= leastForComparing else { return }
    sinceComparing = 0
    phase = .comparing(more: times, back: limit)
    change(to: usable / 2)
  }

  /// What its jobs take now is learnt anew, from those that end from now on.
  private mutating func changed(slower: Bool) {
    usual = nil
    times = JobTimes(most: Self.most(usable))
    if slower { comparesAfter = min(comparesAfter, leastForComparing) }
  }

  /// - Parameter isMore: of a limit that was higher than any that is known to be too high, so it is another lot slower.
  private mutating func note(slower times: Double, isMore: Bool) {
    switch cause {
    case .slower(let before)?: cause = .slower(times: isMore ? before * times : max(before, times))
    default: cause = .slower(times: times)
    }
  }
}
