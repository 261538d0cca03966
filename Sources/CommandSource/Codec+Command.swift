import KeyTable
import MissionCore
import Placeholders
import YAML

extension Codec where Value == Int32 {
  static var exitCode: Codec {
    let integer = Codec<Int>.integer(1...255)
    return Codec(
      kind: integer.kind, read: { integer.read(&$0, $1, $2).map { Int32($0) } },
      render: { .number(Int64($0)) })
  }
}

extension Codec where Value == Written<Template> {
  /// An argument of a program: everyone on the machine can see it, so nothing of the environment gets into it.
  static var argument: Codec {
    let template = Codec.template()
    return Codec(
      kind: .text,
      read: { reader, input, path in
        if case .scalar(let text, _) = input.node.content,
          let name = Interpolation.names(in: text).first(where: { !["SHARD", "SHARDS"].contains($0) })
        {
          reader.report(
            input,
            "\(path) must hold no variable, for everyone on the machine sees a program's arguments; "
              + "give \(name) to the program under environment")
          return .refused
        }
        return template.read(&reader, input, path)
      }, render: template.render)
  }
}
