import Configuration
import MissionCore

/// `config`: the configuration as it takes effect, or its JSON Schema.
enum ConfigCommand {
  static func execute(_ options: ConfigOptions, _ context: CommandContext) throws(CommandFailure) -> ExitCode
  {
    switch options.topic {
    case .schema: context.print(Configuration.jsonSchema())
    case .effective:
      context.print(try context.configuration().rendered(json: context.common.output == .json))
    }
    return .success
  }
}
