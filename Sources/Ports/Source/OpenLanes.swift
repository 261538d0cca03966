import MissionCore

/// The lanes of a source without sessions: always ready, as far as their capacity goes.
package struct OpenLanes: LaneMachine {
  private struct Place {
    let capacity: Int
    var missions = 0
    var isSetAside = false
    var limit: Int?
    var room: Int { min(limit ?? capacity, capacity) }
  }

  private var places: [Place]

  package init(_ lanes: [SourceLane]) { places = lanes.map { Place(capacity: $0.capacity) } }

  package func standing(of lane: Int) -> LaneStanding {
    let place = places[lane]
    var standing = LaneStanding()
    standing.readiness = !place.isSetAside && place.missions < place.room ? .ready : nil
    standing.missions = place.missions
    standing.isSetAside = place.isSetAside
    return standing
  }

  package mutating func handle(
    _ event: LaneEvent, of lane: Int, at moment: LaneMoment, random: inout SeededRandom
  ) -> [LaneAction] {
    switch event {
    case .missionAssigned(let mission):
      places[lane].missions += 1
      return [.grant(mission, nil)]
    case .jobAdopted: places[lane].missions += 1
    case .missionReleased: places[lane].missions -= 1
    // Nothing holds a job that nobody knows: its mission starts anew.
    case .unknownJobFound: return [.isCleared]
    case .setAside:
      places[lane].isSetAside = true
      return [.isCleared]
    case .limited(let limit): places[lane].limit = limit
    case .missionsHeld: return [.isCleared]
    case .adoptionEnded, .runFinished, .missionLeft, .missionStarts, .jobGoesOn, .missionAvoids, .answered,
      .timerFired:
      break
    }
    return []
  }
}
