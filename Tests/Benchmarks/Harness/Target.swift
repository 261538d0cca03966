/// What a figure should be.
enum Target {
  case below(Double)
  case ratioAtLeast(Double)
  case ratioAtMost(Double)
}
